import type { Message, MessageType } from '../../protocol/message.ts'

/** A message as short as one may be. */
export const message = (messageId: string, type: MessageType = 'track', context = {}): Message =>
  ({ type, messageId, timestamp: '2026-01-01T00:00:00.000Z', context }) as Message

export const idOf = ({ messageId }: Message): string => messageId

/** The message of an id: one that begins with `i` is an identify call. */
export const messageOf = (id: string): Message => message(id, id.startsWith('i') ? 'identify' : 'track')
