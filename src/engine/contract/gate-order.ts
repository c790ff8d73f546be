// gate-order.ts: the order of the gates (gates.ts): what refuses first, answers.

/** Names of all gates there are or will be, in redis-server's order. */
export const ORDER = [
  'protected',
  'auth',
  'no-multi',
  'acl',
  'cluster',
  'memory',
  'disk',
  'replicas',
  'read-only',
  'pubsub',
  'stale',
  'loading',
  'busy',
  'replica-link',
  'paused',
  'guard',
  'queue',
] as const

export type GateName = (typeof ORDER)[number]
