import type { JsonObject, Message, MessageContext } from '../../protocol/message.ts'

/** Browser, operating system and device. They stay the same as long as the page is open. */
export interface BrowserInfo {
  os?: NonNullable<MessageContext['os']>
  browser?: NonNullable<MessageContext['browser']>
  device?: NonNullable<MessageContext['device']>
  userAgentData?: JsonObject
}

/**
 * The message with the browser info that its context lacks. A field that is present stays whole, except
 * `userAgentData`: Analytics.js supplies its low-entropy half only.
 */
export function withBrowserInfo(message: Message, info: BrowserInfo): Message {
  const userAgentData = { ...info.userAgentData, ...message.context.userAgentData }
  const context = { ...info, ...message.context }
  if (Object.keys(userAgentData).length > 0) context.userAgentData = userAgentData
  return { ...message, context }
}
