// options.ts: what SORT and SORT_RO are asked for.

import type { Args } from '../../engine/arguments/args.ts'
import { errors } from '../../engine/contract/errors.ts'
import { Pattern } from './pattern.ts'

export class SortOptions {
  descending = false
  alphabetic = false
  offset = 0
  /** Below zero for all. */
  limit = -1
  /** Where the result is stored: the argument, 0 for nowhere. */
  store = 0
  /** Whether BY was given with a pattern that names keys. */
  hasWeights = false
  /** Whether BY was given with one that does not: nothing is sorted then. */
  unsorted = false
  readonly weight = new Pattern()
  /** How many patterns of `gets` are meant. */
  getCount = 0
  readonly gets: Pattern[] = []

  /** @throws errors.syntax, errors.notInteger */
  read(args: Args, mayStore: boolean): this {
    this.reset()
    for (let i = 2; i < args.count; i++) {
      const left = args.count - i - 1
      if (args.is(i, 'ASC')) this.descending = false
      else if (args.is(i, 'DESC')) this.descending = true
      else if (args.is(i, 'ALPHA')) this.alphabetic = true
      else if (args.is(i, 'LIMIT') && left >= 2) {
        this.offset = args.position(i + 1)
        this.limit = args.position(i + 2)
        i += 2
      } else if (mayStore && args.is(i, 'STORE') && left >= 1) this.store = ++i
      else if (args.is(i, 'BY') && left >= 1) this.readWeight(args, ++i)
      else if (args.is(i, 'GET') && left >= 1) this.nextGet().read(args.at(++i))
      else throw errors.syntax
    }
    return this
  }

  /** Says that LIMIT has been seen to. */
  takeAll(): void {
    this.offset = 0
    this.limit = -1
  }

  /** Sorts by the elements themselves, as texts, whatever was asked for. */
  sortByElement(): void {
    this.unsorted = false
    this.hasWeights = false
    this.alphabetic = true
  }

  private readWeight(args: Args, i: number): void {
    this.weight.read(args.at(i))
    this.hasWeights = this.weight.hasStar
    // A later pattern does not take back that an earlier one named nothing.
    if (!this.hasWeights) this.unsorted = true
  }

  private nextGet(): Pattern {
    if (this.getCount === this.gets.length) this.gets.push(new Pattern())
    return this.gets[this.getCount++]!
  }

  private reset(): void {
    this.descending = false
    this.alphabetic = false
    this.offset = 0
    this.limit = -1
    this.store = 0
    this.hasWeights = false
    this.unsorted = false
    this.getCount = 0
  }
}
