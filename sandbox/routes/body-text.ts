/** A body of a request; `tooLarge` bodies are read no further than the limit. */
export interface BodyText {
  text: string
  tooLarge: boolean
}

/**
 * Reads a body as UTF-8 text.
 *
 * @param limit the most bytes that are taken
 */
export async function readBody(request: Request, limit: number): Promise<BodyText> {
  const decoder = new TextDecoder()
  let text = ''
  let size = 0
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength
    if (size > limit) return { text: text.slice(0, 1000), tooLarge: true }
    text += decoder.decode(chunk, { stream: true })
  }
  return { text: text + decoder.decode(), tooLarge: false }
}
