import type { MessageType } from './message.ts'

/** The calls that are part of the destination. */
export const messageTypes = ['identify', 'page', 'track', 'group'] as const satisfies readonly MessageType[]

/** Whether a call of this type is part of the destination. */
export const isMessageType = (type: unknown): type is MessageType =>
  (messageTypes as readonly unknown[]).includes(type)
