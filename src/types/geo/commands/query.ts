// query.ts: what a search asks for, read from its arguments in the order in which they stand: the
// reference reports the first fault that it comes to.

import type { Args } from '../../../engine/arguments/args.ts'
import type { Context } from '../../../engine/dispatch/context.ts'
import type { SortedSet } from '../../sorted-set/sorted-set.ts'
import { sortedSetType } from '../../sorted-set/type.ts'
import { placeOf } from '../cell.ts'
import { errors } from '../errors.ts'
import { Shape } from '../shape.ts'
import { readBox, readCircle, readPlace } from './arguments.ts'

// Which command asks.
export const SEARCH = 0
export const SEARCH_STORE = 1
export const RADIUS = 2
export const RADIUS_READ_ONLY = 3

export class Query {
  readonly shape = new Shape()
  /** The set that is searched; null where there is no such key. */
  set: SortedSet | null = null
  withDistance = false
  withHash = false
  withPlace = false
  /** 1 for the nearest first, -1 for the farthest, 0 for no order. */
  direction = 0
  /** How many are wanted; 0 for all. */
  count = 0
  /** Whether any will do as long as there are enough. */
  any = false
  /** The argument that names the key to store in; 0 for none. */
  store = 0
  /** Whether distances are stored as scores. */
  storeDistance = false
  private command = SEARCH
  private isFromMember = false
  private isFromPlace = false
  private isCircle = false
  private isBox = false

  /** Begins to read; the key to search is argument `i`. */
  begin(ctx: Context, args: Args, command: number, i: number): void {
    const ref = ctx.findToRead(args.key(i))
    this.set = ref === 0 ? null : ctx.viewOf(ref, sortedSetType)
    this.command = command
    this.withDistance = false
    this.withHash = false
    this.withPlace = false
    this.direction = 0
    this.count = 0
    this.any = false
    this.store = command === SEARCH_STORE ? 1 : 0
    this.storeDistance = false
    this.isFromMember = false
    this.isFromPlace = false
    this.isCircle = false
    this.isBox = false
  }

  /** What happens to the key where the result is stored. */
  get event(): string {
    return this.command === SEARCH_STORE ? 'geosearchstore' : 'georadiusstore'
  }

  /** Takes the place of a member as the center; without a set there is nothing to take. */
  centerOn(args: Args, i: number): void {
    if (this.set === null) return
    const score = this.set.find(args.at(i))
    if (Number.isNaN(score)) throw errors.geoMember
    placeOf(score, this.shape.center)
  }

  /** Reads the options from argument `first` on, and checks that they go together. */
  readOptions(args: Args, first: number): void {
    for (let i = first; i < args.count; i++) i += this.readOption(args, i, args.count - i - 1)
    this.check(args)
    // Some that are near are wanted: which, only their order can tell.
    if (this.count > 0 && this.direction === 0 && !this.any) this.direction = 1
  }

  /** Reads one option; returns how many words follow its name. */
  private readOption(args: Args, i: number, left: number): number {
    if (args.is(i, 'WITHDIST')) this.withDistance = true
    else if (args.is(i, 'WITHHASH')) this.withHash = true
    else if (args.is(i, 'WITHCOORD')) this.withPlace = true
    else if (args.is(i, 'ANY')) this.any = true
    else if (args.is(i, 'ASC')) this.direction = 1
    else if (args.is(i, 'DESC')) this.direction = -1
    else if (args.is(i, 'COUNT') && left >= 1) return this.readCount(args, i + 1)
    else if (this.command === RADIUS && left >= 1) return this.readStore(args, i)
    else if (this.command === SEARCH_STORE && args.is(i, 'STOREDIST')) this.storeDistance = true
    else if (this.command === SEARCH || this.command === SEARCH_STORE) {
      return this.readWhere(args, i, left)
    } else throw errors.syntax
    return 0
  }

  private readCount(args: Args, i: number): number {
    this.count = args.position(i)
    if (this.count <= 0) throw errors.geoCount
    return 1
  }

  private readStore(args: Args, i: number): number {
    this.storeDistance = args.is(i, 'STOREDIST')
    if (!this.storeDistance && !args.is(i, 'STORE')) throw errors.syntax
    this.store = i + 1
    return 1
  }

  /** Reads one of the options that say where GEOSEARCH searches. */
  private readWhere(args: Args, i: number, left: number): number {
    if (args.is(i, 'FROMMEMBER') && left >= 1 && !this.isFromPlace) {
      this.centerOn(args, i + 1)
      this.isFromMember = true
      return 1
    }
    if (args.is(i, 'FROMLONLAT') && left >= 2 && !this.isFromMember) {
      readPlace(args, i + 1, this.shape.center)
      this.isFromPlace = true
      return 2
    }
    if (args.is(i, 'BYRADIUS') && left >= 2 && !this.isBox) {
      readCircle(args, i + 1, this.shape)
      this.isCircle = true
      return 2
    }
    if (args.is(i, 'BYBOX') && left >= 3 && !this.isCircle) {
      readBox(args, i + 1, this.shape)
      this.isBox = true
      return 3
    }
    throw errors.syntax
  }

  private check(args: Args): void {
    const { command } = this
    if (this.store > 0 && (this.withDistance || this.withHash || this.withPlace)) {
      const isSearch = command === SEARCH_STORE
      throw errors.geoStoreWith(isSearch ? 'GEOSEARCHSTORE' : 'STORE option in GEORADIUS')
    }
    if (command === SEARCH || command === SEARCH_STORE) {
      if (!this.isFromMember && !this.isFromPlace) throw errors.geoFrom(args.text(0))
      if (!this.isCircle && !this.isBox) throw errors.geoBy(args.text(0))
    }
    if (this.any && this.count === 0) throw errors.geoAny
  }
}
