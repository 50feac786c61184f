import { queuePrefix } from './entry-key.ts'
import type { DeviceStorage } from './ports.ts'

/** Deletes all that the device has of a queue. Never rejects. */
export async function clearQueue({ journal, database }: DeviceStorage, queue: string): Promise<void> {
  const isOfQueue = (key: string): boolean => key.startsWith(queuePrefix(queue))
  for (const key of journal.keys().filter(isOfQueue)) journal.erase(key)
  const keys = await database.keys().catch((): string[] => [])
  await database.write(new Map(), new Set(keys.filter(isOfQueue))).catch(() => {})
}
