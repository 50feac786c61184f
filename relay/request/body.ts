/** The text of a body, or why there is none. */
export type Body = { text: string } | { status: 400 | 408 | 413; message: string }

/** Reads a body, and no more of it than `maxBytes`, whatever its headers say. */
export async function readBody(request: Request, maxBytes: number, ms: number): Promise<Body> {
  const reader = request.body?.getReader()
  if (!reader) return { text: '' }
  let isLate = false
  const timer = setTimeout(() => {
    isLate = true
    reader.cancel().catch(() => {})
  }, ms)
  try {
    const decoder = new TextDecoder()
    let text = ''
    let bytes = 0
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return isLate ? late : { text: text + decoder.decode() }
      bytes += value.length
      if (bytes > maxBytes) {
        reader.cancel().catch(() => {})
        return { status: 413, message: `The body is larger than ${maxBytes} bytes.` }
      }
      text += decoder.decode(value, { stream: true })
    }
  } catch {
    return isLate ? late : { status: 400, message: 'The body ended before it was whole.' }
  } finally {
    clearTimeout(timer)
  }
}

const late = { status: 408, message: 'The body did not arrive in time.' } as const
