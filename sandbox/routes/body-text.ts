/** A body of a request; of a `tooLarge` one only the beginning is kept. */
export interface BodyText {
  text: string
  /** In bytes, as it came. */
  size: number
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
    // The rest is read all the same: who is answered while still sending sees a reset connection, and no answer.
    if (size <= limit) text += decoder.decode(chunk, { stream: true })
  }
  if (size > limit) return { text: text.slice(0, 1000), size, tooLarge: true }
  return { text: text + decoder.decode(), size, tooLarge: false }
}
