// stats.ts: the counters that INFO reports and CONFIG RESETSTAT sets back to zero.

import { Rate } from './rate.ts'

/** Different error prefixes kept apart by INFO errorstats; beyond it none is counted. */
const ERROR_KINDS_MAX = 128
/** An error line without a blank before this character has no prefix of its own. */
const ERROR_KIND_LENGTH_MAX = 32
/** What is listed in place of all prefixes once there are too many. */
const ERROR_KINDS_DISABLED = 'ERRORSTATS_DISABLED'

export class Stats {
  connections = 0
  rejectedConnections = 0
  commands = 0
  keyspaceHits = 0
  keyspaceMisses = 0
  expiredKeys = 0
  /** Fields of hashes that expired. */
  expiredSubkeys = 0
  expiredTimeCapReached = 0
  expiredStalePercent = 0
  expireCycleMicros = 0
  evictedKeys = 0
  evictedClients = 0
  /** Microseconds that memory was above its limit, up to the last time it came below. */
  evictionExceededMicros = 0
  /** Since when it is above, on the monotonic clock in microseconds; 0 while it is not. */
  evictionExceededSince = 0
  netInput = 0
  netOutput = 0
  errorReplies = 0
  unexpectedErrorReplies = 0
  /** The most memory used so far, in bytes, and when, in milliseconds since 1970. */
  peakMemory = 0
  peakMemoryAt = 0
  /** When the last samples were taken, in milliseconds since 1970. */
  sampledAt = 0
  /** What an engine uses before the first key, in bytes. */
  startupMemory = 0
  queryBufferLimitDisconnections = 0
  outputBufferLimitDisconnections = 0
  inputReads = 0
  outputWrites = 0
  lazyFreed = 0
  activeExpireSampled = 0
  /** Error replies by prefix ('ERR', 'WRONGTYPE', …). */
  readonly errorKinds = new Map<string, number>()
  /** Called with all prefixes when there are too many of them. */
  onTooManyErrorKinds: ((kinds: readonly string[]) => void) | undefined = undefined
  /** What INFO calls instantaneous; the server module takes the samples. */
  readonly rates = {
    commands: new Rate(),
    input: new Rate(),
    output: new Rate(),
    cycles: new Rate(),
    cycleMicros: new Rate(),
  }

  /** Notes whether memory is above its limit now, in microseconds of the monotonic clock. */
  noteExceeded(isExceeded: boolean, now: number): void {
    const since = this.evictionExceededSince
    if (isExceeded === (since !== 0)) return
    this.evictionExceededSince = isExceeded ? Math.max(now, 1) : 0
    if (!isExceeded) this.evictionExceededMicros += now - since
  }

  /** Counts an error reply by the first word of its line. */
  countError(line: string): void {
    this.errorReplies++
    const { errorKinds } = this
    if (errorKinds.has(ERROR_KINDS_DISABLED)) return
    const space = line.slice(0, ERROR_KIND_LENGTH_MAX).indexOf(' ')
    const kind = space < 0 ? 'ERR' : line.slice(0, space)
    const count = errorKinds.get(kind) ?? 0
    if (count > 0 || errorKinds.size < ERROR_KINDS_MAX) {
      errorKinds.set(kind, count + 1)
      return
    }
    this.onTooManyErrorKinds?.([...errorKinds.keys()].sort())
    errorKinds.clear()
    errorKinds.set(ERROR_KINDS_DISABLED, 1)
  }

  /** Sets everything back to zero but the memory's peak, which is no counter. */
  reset(): void {
    const { peakMemory, peakMemoryAt, startupMemory } = this
    const fresh = new Stats()
    for (const name of Object.keys(fresh) as (keyof Stats)[]) {
      if (typeof fresh[name] === 'number') Object.assign(this, { [name]: 0 })
    }
    Object.assign(this, { peakMemory, peakMemoryAt, startupMemory })
    this.errorKinds.clear()
    for (const rate of Object.values(this.rates)) rate.reset()
  }
}
