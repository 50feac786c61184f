export type {
  GroupMessage,
  IdentifyMessage,
  Json,
  JsonObject,
  Message,
  MessageContext,
  MessageType,
  PageMessage,
  TrackMessage,
} from '../protocol/message.ts'
export type { ContextProfile } from '../protocol/profile.ts'
export { toProfile } from '../protocol/profile.ts'
export type { Drop, DropReason, Stats } from './delivery/events.ts'
export { audienceTraits } from './mapping/audience.ts'
export type { DestinationMiddleware, MiddlewarePayload } from './middleware.ts'
export type { UserEngagePlugin } from './plugin.ts'
export { userEngage } from './plugin.ts'
export type { QueueSettings, UserEngageSettings } from './settings.ts'
