// block.ts: a stretch of the log of effects: bytes, and what they are.
//
//   bytes   ┌ run: database, origin, target ┬ run … ┬ free ┬ SLACK ┐
//                                                 size
//
// Effects that follow each other with the same database, origin and target are one run. Mostly a
// whole block is one run, so that what an effect is costs nothing to note.

/** Where an effect goes: the append-only file, replicas, or both. */
export const TO_FILE = 1
export const TO_REPLICAS = 2
export const TO_ALL = TO_FILE | TO_REPLICAS

/** Who caused an effect: a client, the engine itself (expiry, eviction), or a primary. */
export const BY_CLIENT = 0
export const BY_ENGINE = 1
export const BY_PRIMARY = 2

/** Bytes of a block that only `insert` uses: MULTI fits. */
const SLACK = 16

/** What bytes from `start` to the next run are. */
export type EffectRun = {
  start: number
  /** The number of the database they act on. */
  readonly database: number
  readonly origin: number
  readonly target: number
}

export class EffectBlock {
  readonly bytes: Uint8Array
  /** The same bytes, to be written by fours. */
  readonly view: DataView
  /** Bytes that are written. */
  size = 0
  /** The block that follows. */
  next: EffectBlock | undefined = undefined
  readonly runs: EffectRun[] = []

  /** @param room bytes that can be appended */
  constructor(room: number) {
    this.bytes = new Uint8Array(room + SLACK)
    this.view = new DataView(this.bytes.buffer)
  }

  /** Bytes that can still be appended. */
  get room(): number {
    return this.bytes.length - SLACK - this.size
  }

  /** Where a run ends. */
  endOf(run: number): number {
    return run + 1 < this.runs.length ? this.runs[run + 1]!.start : this.size
  }

  /** What is appended from now on is of this kind. */
  begin(database: number, origin: number, target: number): void {
    this.runs.push({ start: this.size, database, origin, target })
  }

  /**
   * Puts bytes for all targets between what is there.
   * @param bytes no more than SLACK, and once in a block
   */
  insert(at: number, bytes: Uint8Array): void {
    const { runs } = this
    const { length } = bytes
    this.bytes.copyWithin(at + length, at, this.size)
    this.bytes.set(bytes, at)
    this.size += length
    let i = runs.length - 1
    for (; i >= 0 && runs[i]!.start > at; i--) runs[i]!.start += length
    const run = runs[i]
    if (run === undefined)
      runs.unshift({ start: at, database: -1, origin: BY_ENGINE, target: TO_ALL })
    if (run === undefined || run.target === TO_ALL) return
    const around = [
      { ...run, start: at, target: TO_ALL },
      { ...run, start: at + length },
    ]
    runs.splice(run.start === at ? i : i + 1, run.start === at ? 1 : 0, ...around)
  }

  /** Forgets all, for another use. */
  clear(): void {
    this.size = 0
    this.next = undefined
    this.runs.length = 0
  }
}
