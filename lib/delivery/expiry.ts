import type { Entry } from './entry.ts'
import { keyParts } from './entry-key.ts'
import type { Time } from './ports.ts'

/** Whether an entry is too old. A clock that was set forward expires nothing that the monotonic clock denies. */
export const isExpired = ({ key, expiresAt }: Entry, time: Time): boolean =>
  (keyParts(key)?.expires ?? 0) < time.now() && expiresAt < time.monotonic()
