// sources.ts: the sets that a command of several keys combines.

import type { Args } from '../../../engine/arguments/args.ts'
import type { Context } from '../../../engine/dispatch/context.ts'
import { Members } from '../members.ts'
import { INTSET } from '../room.ts'
import { setType } from '../type.ts'

export class Sources {
  /** In the order of the keys; null where there is no such key. */
  readonly sets: (Members | null)[] = []
  private readonly pool: Members[] = []

  /**
   * Looks up arguments `first` to `last`.
   * @returns whether all are there
   * @throws errors.wrongType
   */
  read(ctx: Context, args: Args, first: number, last: number): boolean {
    const { sets, pool } = this
    sets.length = 0
    let found = 0
    for (let i = first; i <= last; i++) {
      const ref = ctx.findToRead(args.key(i))
      ctx.expectType(ref, setType)
      if (ref === 0) {
        sets.push(null)
        continue
      }
      if (pool.length === found) pool.push(new Members())
      sets.push(pool[found++]!.bind(ctx.db, ref))
    }
    return found === sets.length
  }

  /** Whether all sets there are are intsets. */
  get areIntegers(): boolean {
    for (const set of this.sets) if (set !== null && set.form !== INTSET) return false
    return true
  }

  /** Whether one of the sets behind the first is the first itself. */
  get repeatsFirst(): boolean {
    const { sets } = this
    const first = sets[0]!
    if (first === null) return false
    for (let i = 1; i < sets.length; i++) if (sets[i]?.ref === first.ref) return true
    return false
  }

  /** Puts the sets, which are all there, in the order of their size, the smallest first. */
  sort(): void {
    const { sets } = this
    for (let i = 1; i < sets.length; i++) {
      const set = sets[i]!
      const { count } = set
      let to = i
      for (; to > 0 && sets[to - 1]!.count > count; to--) sets[to] = sets[to - 1]!
      sets[to] = set
    }
  }
}
