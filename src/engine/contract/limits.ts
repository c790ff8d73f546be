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
  /** hash-max-listpack-entries: a hash of more fields is a table. */
  hashEntries = 512
  /** hash-max-listpack-value: a hash with a longer field or value is a table. */
  hashValue = 64
  /** zset-max-listpack-entries: a sorted set of more members is a skiplist. */
  sortedSetEntries = 128
  /** zset-max-listpack-value: a sorted set with a longer member is a skiplist. */
  sortedSetValue = 64
  /** hll-sparse-max-bytes: how long a sparse HyperLogLog may become. */
  hyperLogLogSparse = 3000
  /** list-max-listpack-size: elements of a list's node, or below zero one of its five sizes. */
  listNode = -2
  /** list-compress-depth: nodes at each end of a list that stay as they are; 0: all do. */
  listDepth = 0
  /** set-max-intset-entries: a set of integers with more members is a table. */
  setIntegers = 512
  /** set-max-listpack-entries: a set with more members, not all integers, is a table. */
  setEntries = 128
  /** set-max-listpack-value: a set with a longer member is a table. */
  setValue = 64
  /** stream-node-max-bytes: how long a node of a stream may become; 0 is no limit. */
  streamNodeBytes = 4096
  /** stream-node-max-entries: entries that a node of a stream may have; 0 is no limit. */
  streamNodeEntries = 100
  /** Whether checksums of payloads and files count (DEBUG SET-SKIP-CHECKSUM-VALIDATION). */
  checksums = true
  /** DEBUG QUICKLIST-PACKED-THRESHOLD: from so many bytes on an element is a node; 0 is not set. */
  listPlain = 0
}

/** Bytes above which a string must not grow, whatever the directive says: offsets stay int32. */
export const STRING_MAX = 0x7fffffff
