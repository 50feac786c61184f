import { expendable } from './entry-key.ts'

/**
 * What is too much of the stored messages, with their texts. An empty text is the mark of a message that is settled: it
 * stays until a page has erased the message from its journal as well. A mark that would go takes no message's place; one
 * that would go later than all messages, such as that of an identify call, is not noticed, and does.
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
  const going = expendable(
    keys.filter((key) => !isSpared(key)),
    Math.max(keys.length - max, 0),
  )
  const rows = await Promise.all(going.map(async (key): Promise<[string, string]> => [key, await read(key)]))
  return rows.filter(([, text]) => text !== '')
}
