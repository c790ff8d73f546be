// flags.ts: what a command promises about itself, one bit each.
//
// The bits stand in the order in which COMMAND INFO prints them, so that printing is a walk from
// the lowest bit up. The last ones are never printed: the server acts on them, clients do not see
// them. Names are those of the reference's COMMAND INFO.

/** May change the data set. */
export const WRITE = 1 << 0
/** Reads keys and changes nothing. */
export const READONLY = 1 << 1
/** Refused when memory is above its limit and nothing can be evicted. */
export const DENYOOM = 1 << 2
/** Comes from a module outside the core. */
export const MODULE = 1 << 3
/** Administers the server. */
export const ADMIN = 1 << 4
/** Concerns channels. */
export const PUBSUB = 1 << 5
/** Not to be called by scripts. */
export const NOSCRIPT = 1 << 6
/** May make its session wait. */
export const BLOCKING = 1 << 7
/** Allowed while the data set is being loaded. */
export const LOADING = 1 << 8
/** Allowed on a replica whose data may be stale. */
export const STALE = 1 << 9
/** Not shown to MONITOR. */
export const SKIP_MONITOR = 1 << 10
/** Not written to the slow log. */
export const SKIP_SLOWLOG = 1 << 11
/** Acts in a cluster as if ASKING came before it. */
export const ASKING = 1 << 12
/** Constant or logarithmic time: the category @fast. */
export const FAST = 1 << 13
/** Allowed before the session is authenticated. */
export const NO_AUTH = 1 << 14
/** Has key positions, but a call without any key is in order. */
export const NO_MANDATORY_KEYS = 1 << 15
/** Refused while a replica loads its primary's data beside its own. */
export const NO_ASYNC_LOADING = 1 << 16
/** Refused inside MULTI. */
export const NO_MULTI = 1 << 17
/** First, last and step do not tell where all keys are (derived, never stated). */
export const MOVABLEKEYS = 1 << 18
/** Allowed while a script runs for too long. */
export const ALLOW_BUSY = 1 << 19
/** Never printed: no write, yet it may reach replicas, so CLIENT PAUSE WRITE holds it back. */
export const MAY_REPLICATE = 1 << 20
/** Never printed: allowed only by the directives `enable-debug-command` and its like. */
export const PROTECTED = 1 << 21
/** Never printed: touches keys that its arguments do not name. */
export const TOUCHES_ARBITRARY_KEYS = 1 << 22
/** Never printed: runs at once inside MULTI, where all others are queued. */
export const UNQUEUED = 1 << 23
/** Never printed: runs what is queued, so that gates judge it by that. */
export const RUNS_QUEUE = 1 << 24
/** Never printed: runs other commands (Dispatcher.invoke); its file keeps no scratch objects. */
export const RUNS_COMMANDS = 1 << 25

const LAST_PRINTED = 19

const names = [
  'write',
  'readonly',
  'denyoom',
  'module',
  'admin',
  'pubsub',
  'noscript',
  'blocking',
  'loading',
  'stale',
  'skip_monitor',
  'skip_slowlog',
  'asking',
  'fast',
  'no_auth',
  'no_mandatory_keys',
  'no_async_loading',
  'no_multi',
  'movablekeys',
  'allow_busy',
  'may_replicate',
  'protected',
  'touches_arbitrary_keys',
  'unqueued',
  'runs_queue',
  'runs_commands',
] as const

/** A flag that a declaration may state; `module` and `movablekeys` are derived. */
export type CommandFlag = Exclude<(typeof names)[number], 'module' | 'movablekeys'>

/** The bits of the stated flags. */
export function flagBits(flags: readonly CommandFlag[]): number {
  let bits = 0
  for (const flag of flags) {
    const bit = names.indexOf(flag)
    if (bit < 0) throw new Error(`unknown command flag '${flag}'`)
    bits |= 1 << bit
  }
  return bits
}

/** The names of the flags that COMMAND INFO prints, in its order. */
export function flagNames(bits: number): string[] {
  return names.filter((_, bit) => bit <= LAST_PRINTED && (bits & (1 << bit)) !== 0)
}
