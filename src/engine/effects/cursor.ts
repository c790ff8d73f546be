// cursor.ts: a position in the log of effects: how far one consumer has got.
//
// An append-only file takes what is new at the end of a turn; a replica takes as much as its socket
// does, and one that was away finds its place again, as long as its cursor stayed. Blocks are kept
// for the cursor that is furthest behind.

import type { EffectBlock, EffectRun } from './block.ts'
import type { Effects } from './effects.ts'

/** Gets a stretch of effects in RESP; the bytes are a loan until the visit ends. */
export type EffectVisit = (bytes: Uint8Array, start: number, end: number, run: EffectRun) => void

export class EffectCursor {
  /** TO_FILE or TO_REPLICAS: all else is passed over. */
  readonly target: number
  /** The block it stands in. */
  block: EffectBlock
  /** Bytes taken since it was opened. */
  taken = 0
  private readonly effects: Effects
  private at: number

  /** Stands at the end of what is there; made by `Effects.open`. */
  constructor(effects: Effects, target: number) {
    this.effects = effects
    this.target = target
    this.block = effects.committedBlock
    this.at = effects.committedAt
  }

  /** Whether there is nothing to take. */
  get isAtEnd(): boolean {
    return this.block === this.effects.committedBlock && this.at === this.effects.committedAt
  }

  /**
   * Takes what has been committed, in stretches that are as long as they can be.
   * @returns how many bytes that were
   */
  take(visit: EffectVisit): number {
    const before = this.taken
    const { effects } = this
    while (this.block !== effects.committedBlock) {
      this.takeUntil(this.block.size, visit)
      this.block = this.block.next!
      this.at = 0
    }
    this.takeUntil(effects.committedAt, visit)
    effects.release()
    return this.taken - before
  }

  private takeUntil(end: number, visit: EffectVisit): void {
    const { block, target } = this
    for (let i = 0; i < block.runs.length && this.at < end; i++) {
      const run = block.runs[i]!
      const until = Math.min(block.endOf(i), end)
      if (until <= this.at) continue
      if ((run.target & target) !== 0) {
        this.taken += until - this.at
        visit(block.bytes, this.at, until, run)
      }
      this.at = until
    }
  }
}
