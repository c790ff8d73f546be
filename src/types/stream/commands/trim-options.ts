// trim-options.ts: reads the options of XADD and XTRIM: MAXLEN, MINID, LIMIT, and what is done
// about groups.

import type { Args } from '../../../engine/arguments/args.ts'
import { errors } from '../errors.ts'
import { KEEP_REFERENCES, referenceOption } from '../groups/references.ts'
import { newId } from '../id.ts'
import type { StreamLimits } from '../limits.ts'
import { isSingle, parseNewId, parseStrictId } from './id-parser.ts'
import { BY_ID, BY_LENGTH, NO_TRIM, Trim } from './trim.ts'

const STAR = 0x2a
const TILDE = 0x7e
const EQUALS = 0x3d
/** What approximate trimming removes at most where no LIMIT is given: so many nodes, or entries. */
const NODES_MAX = 100
const ENTRIES_DEFAULT = 10_000
const ENTRIES_MAX = 1_000_000

/** The options of one call, read into the same object again and again. */
export class AddOptions {
  readonly trim = new Trim()
  /** Where MAXLEN's or MINID's number stands. */
  thresholdAt = 0
  noMake = false
  /** XADD's id; whether it was given at all, and whether its number was. */
  readonly id = newId()
  isIdGiven = false
  isNumberGiven = false
  /** Where it stands; behind the last argument where there is none. */
  idAt = 0
  private limit = -1
  private references = -1

  /** @param isAdd whether it is XADD, whose options end with an id */
  read(args: Args, isAdd: boolean, limits: StreamLimits): void {
    this.clear()
    let i = 2
    if (isAdd && isSingle(args.at(2), STAR)) {
      this.idAt = 2
      return
    }
    while (i < args.count) {
      const next = this.readOption(args, i, isAdd)
      if (next === i) break
      i = next
    }
    this.idAt = i
    const { trim } = this
    if (this.limit > 0 && trim.strategy === NO_TRIM) throw errors.trimLimitAlone
    if (!isAdd && trim.strategy === NO_TRIM) throw errors.trimMissing
    if (this.limit >= 0 && !trim.approximate) throw errors.trimLimitExact
    if (trim.approximate) trim.limit = this.limit >= 0 ? this.limit : defaultLimit(limits)
    if (this.references > 0) trim.references = this.references
  }

  private clear(): void {
    this.trim.clear()
    this.thresholdAt = 0
    this.noMake = false
    this.isIdGiven = false
    this.isNumberGiven = false
    this.limit = -1
    this.references = -1
  }

  /** Reads the option at `i`; returns where the next one is, `i` itself where it is the id. */
  private readOption(args: Args, i: number, isAdd: boolean): number {
    const more = args.count - i - 1
    if (isAdd && isSingle(args.at(i), STAR)) return i
    if (more > 0 && args.is(i, 'MAXLEN')) return this.readStrategy(args, i, BY_LENGTH)
    if (more > 0 && args.is(i, 'MINID')) return this.readStrategy(args, i, BY_ID)
    if (more > 0 && args.is(i, 'LIMIT')) {
      this.limit = args.position(i + 1)
      if (this.limit < 0) throw errors.trimLimit
      return i + 2
    }
    if (isAdd && args.is(i, 'NOMKSTREAM')) {
      this.noMake = true
      return i + 1
    }
    const references = this.references < 0 ? referenceOption(args, i) : -1
    if (references >= KEEP_REFERENCES) {
      this.references = references
      return i + 1
    }
    if (!isAdd) throw errors.syntax
    this.isNumberGiven = parseNewId(args.at(i), this.id)
    this.isIdGiven = true
    return i
  }

  private readStrategy(args: Args, i: number, strategy: number): number {
    const { trim } = this
    if (trim.strategy !== NO_TRIM) throw errors.trimTwice
    let at = i + 1
    trim.approximate = false
    if (at + 1 < args.count) {
      const operator = args.at(at)
      trim.approximate = isSingle(operator, TILDE)
      if (trim.approximate || isSingle(operator, EQUALS)) at++
    }
    if (strategy === BY_LENGTH) {
      trim.length = args.position(at)
      if (trim.length < 0) throw errors.trimLength
    } else parseStrictId(args.at(at), trim.id)
    trim.strategy = strategy
    this.thresholdAt = at
    return at + 1
  }
}

function defaultLimit({ nodeEntries }: StreamLimits): number {
  if (nodeEntries === 0) return ENTRIES_DEFAULT
  return Math.min(nodeEntries * NODES_MAX, ENTRIES_MAX)
}
