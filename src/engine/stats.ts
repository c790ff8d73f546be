// stats.ts: the counters that INFO reports and CONFIG RESETSTAT sets back to zero.

/** Different error prefixes kept apart by INFO errorstats; beyond it none is added. */
const ERROR_KINDS_MAX = 128

export class Stats {
  connections = 0
  rejectedConnections = 0
  commands = 0
  keyspaceHits = 0
  keyspaceMisses = 0
  expiredKeys = 0
  expiredTimeCapReached = 0
  expiredStalePercent = 0
  expireCycleMicros = 0
  evictedKeys = 0
  evictedClients = 0
  netInput = 0
  netOutput = 0
  errorReplies = 0
  unexpectedErrorReplies = 0
  peakMemory = 0
  peakMemoryAt = 0
  queryBufferLimitDisconnections = 0
  outputBufferLimitDisconnections = 0
  inputReads = 0
  outputWrites = 0
  lazyFreed = 0
  activeExpireSampled = 0
  /** Error replies by prefix ('ERR', 'WRONGTYPE', …). */
  readonly errorKinds = new Map<string, number>()
  /** True once a new prefix found no room. */
  errorKindsFull = false

  /** Counts an error reply by the first word of its line. */
  countError(line: string): void {
    this.errorReplies++
    const space = line.indexOf(' ')
    const kind = space < 0 ? line : line.slice(0, space)
    const count = this.errorKinds.get(kind)
    if (count !== undefined) this.errorKinds.set(kind, count + 1)
    else if (this.errorKinds.size < ERROR_KINDS_MAX) this.errorKinds.set(kind, 1)
    else this.errorKindsFull = true
  }

  reset(): void {
    const fresh = new Stats()
    for (const name of Object.keys(fresh) as (keyof Stats)[]) {
      if (typeof fresh[name] === 'number') Object.assign(this, { [name]: 0 })
    }
    this.errorKinds.clear()
    this.errorKindsFull = false
  }
}
