export type { Spool, Store } from './delivery/ports.ts'
export { redisSpool } from './redis/spool.ts'
export { redisStore } from './redis/store.ts'
