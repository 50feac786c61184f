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
export type { Drop, DropReason, Stats } from './delivery/drop.ts'
export { audienceTraits } from './mapping/audience.ts'
export { withoutQuery } from './mapping/without-query.ts'
export { userEngage } from './plugin.ts'
export type { DestinationMiddleware, MiddlewarePayload } from './segment/middleware.ts'
export type { UserEngagePlugin } from './segment/types.ts'
export type { QueueSettings, UserEngageSettings } from './settings/settings.ts'
