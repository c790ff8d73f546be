// limits.ts: every limit of the engine in one place. Directives change them; the figures here are
// redis-server's defaults.

export class Limits {
  /** client-query-buffer-limit, bytes. */
  queryBuffer = 1024 * 1024 * 1024
  /** proto-max-bulk-len, bytes. */
  bulk = 512 * 1024 * 1024
  /** maxmemory, bytes; 0 is no limit. */
  memory = 0
  /** What all clients together may take (maxmemory-clients), bytes. */
  clients = Number.POSITIVE_INFINITY
}

/** Bytes above which a string must not grow, whatever the directive says: offsets stay int32. */
export const STRING_MAX = 0x7fffffff
