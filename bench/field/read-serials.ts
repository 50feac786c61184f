import { gunzipSync } from 'node:zlib'

/**
 * The serial numbers of all events in a request, whatever its vendor's format: JSON, JSON within JSON, a form with
 * JSON or base64 in `data`, gzip. Empty where there is no event in it.
 */
export function readSerials(body: Buffer): number[] {
  const isGzip = body[0] === 0x1f && body[1] === 0x8b
  const serials: number[] = []
  collect(parse((isGzip ? gunzipSync(body) : body).toString()), serials)
  return serials
}

function collect(value: unknown, into: number[]): void {
  if (typeof value === 'string' && /^[{[]/.test(value)) collect(parse(value), into)
  if (typeof value !== 'object' || value === null) return
  for (const [name, part] of Object.entries(value)) {
    if (name === 'serial' && typeof part === 'number') into.push(part)
    else collect(part, into)
  }
}

function parse(text: string): unknown {
  return (
    parseJson(text) ??
    parseJson(new URLSearchParams(text).get('data') ?? '') ??
    parseJson(Buffer.from(new URLSearchParams(text).get('data') ?? '', 'base64').toString())
  )
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
