import type { JsonObject, Message, MessageContext } from '../../protocol/message.ts'

/** What the browser tells of itself and its device. It stays the same while the page lives. */
export interface Agent {
  os?: NonNullable<MessageContext['os']>
  browser?: NonNullable<MessageContext['browser']>
  device?: NonNullable<MessageContext['device']>
  userAgentData?: JsonObject
}

/**
 * The message with what its context lacks of the agent. A field that is there already is left whole; only
 * `userAgentData`, of which Analytics.js supplies the low-entropy half, is completed.
 */
export function withAgent(message: Message, agent: Agent): Message {
  const userAgentData = { ...agent.userAgentData, ...message.context.userAgentData }
  const completed = Object.keys(userAgentData).length > 0 && { userAgentData }
  return { ...message, context: { ...agent, ...message.context, ...completed } }
}
