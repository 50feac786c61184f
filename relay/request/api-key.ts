/** The key of `Authorization: Basic base64("<key>:")`, as Segment's contract for partner endpoints has it. */
export function basicKey(header: string | null): string | undefined {
  const encoded = /^Basic +(\S+)$/i.exec(header ?? '')?.[1]
  if (!encoded) return undefined
  try {
    const text = new TextDecoder().decode(
      Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0)),
    )
    return text.split(':')[0]
  } catch {
    return undefined
  }
}
