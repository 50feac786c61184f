/** The body of a request. If it is `tooLarge`, `text` is its beginning only. */
export interface BodyText {
  text: string
  /** In bytes. */
  size: number
  tooLarge: boolean
}

/**
 * Reads a body as UTF-8 text.
 *
 * @param limit the largest accepted size in bytes
 */
export async function readBody(request: Request, limit: number): Promise<BodyText> {
  const decoder = new TextDecoder()
  let text = ''
  let size = 0
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength
    // Read the rest of a large body too: a client that gets its answer while it sends sees only a reset connection.
    if (size <= limit) text += decoder.decode(chunk, { stream: true })
  }
  if (size > limit) return { text: text.slice(0, 1000), size, tooLarge: true }
  return { text: text + decoder.decode(), size, tooLarge: false }
}
