import { expendable } from './entry-key.ts'

/**
 * What is too much of the stored messages, with their texts. An empty text is the mark of a message that is settled: it
 * stays until a page has erased the message from its journal as well, and it takes no message's place.
 *
 * Only texts that are about to go are read. So a mark that would go later than all messages, such as that of an identify
 * call, is not noticed, and does count.
 *
 * @param keys all of a queue, in their order
 * @param read resolves to the text of a key
 */
export async function surplus(
  keys: readonly string[],
  max: number,
  isSpared: (key: string) => boolean,
  read: (key: string) => Promise<string>,
): Promise<[key: string, text: string][]> {
  const marks = new Set<string>()
  for (;;) {
    const messages = keys.filter((key) => !marks.has(key))
    const going = expendable(
      messages.filter((key) => !isSpared(key)),
      Math.max(messages.length - max, 0),
    )
    const rows = await Promise.all(
      going.map(async (key): Promise<[string, string]> => [key, await read(key)]),
    )
    const found = rows.filter(([, text]) => text === '')
    if (found.length === 0) return rows
    for (const [key] of found) marks.add(key)
  }
}
