export type { Drop, DropReason, Stats } from './delivery/events.ts'
export { audienceTraits } from './mapping/audience.ts'
export type { ContextProfile } from './mapping/profile.ts'
export { toProfile } from './mapping/profile.ts'
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
} from './message.ts'
export type { DestinationMiddleware, MiddlewarePayload } from './middleware.ts'
export type { UserEngagePlugin } from './plugin.ts'
export { userEngage } from './plugin.ts'
export type { QueueSettings, UserEngageSettings } from './settings.ts'
