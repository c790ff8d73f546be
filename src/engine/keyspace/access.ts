// access.ts: when, or how often, an entry was used: the 24 bits that eviction and OBJECT IDLETIME
// and FREQ read.
//
//   LRU   seconds since 1970, modulo 2^24 (194 days)
//   LFU   minutes since 1970, modulo 2^16 << 8 | logarithmic counter
//
// The meaning follows maxmemory-policy; the counter grows and decays as in redis-server.

import type { Random } from '../contract/random.ts'
import { readAccess, writeAccess } from './entry.ts'
import type { Database } from './keyspace.ts'

const CLOCK_MASK = 0xffffff
const LFU_FRESH = 5

export class Access {
  /** Whether the policy counts uses instead of noting the last one. */
  lfu = false
  /** lfu-log-factor: how much harder each further step of the counter is. */
  logFactor = 10
  /** lfu-decay-time: minutes after which an unused counter loses one; 0 is never. */
  decayMinutes = 1
  /** The engine's time, in milliseconds since 1970. */
  now = 0
  private seconds = 0
  private minutes = 0
  private readonly random: Random

  constructor(random: Random) {
    this.random = random
  }

  /** @param now milliseconds since 1970 */
  setTime(now: number): void {
    this.now = now
    this.seconds = Math.floor(now / 1000) & CLOCK_MASK
    this.minutes = Math.floor(now / 60000) & 0xffff
  }

  /** The bits of an entry that is being created. */
  get fresh(): number {
    return this.lfu ? (this.minutes << 8) | LFU_FRESH : this.seconds
  }

  /** Notes a use. */
  touch(db: Database, ref: number): void {
    if (!this.lfu) writeAccess(db.arena, ref, this.seconds)
    else writeAccess(db.arena, ref, (this.minutes << 8) | this.increment(this.frequency(db, ref)))
  }

  /** Seconds since the last use. */
  idleSeconds(db: Database, ref: number): number {
    const used = readAccess(db.arena, ref)
    const passed = this.seconds - used
    return passed >= 0 ? passed : passed + CLOCK_MASK
  }

  /** The counter, 0 to 255, after decay. */
  frequency(db: Database, ref: number): number {
    const access = readAccess(db.arena, ref)
    const counter = access & 0xff
    if (this.decayMinutes === 0) return counter
    const elapsed = (this.minutes - (access >>> 8)) & 0xffff
    return Math.max(0, counter - Math.floor(elapsed / this.decayMinutes))
  }

  /** Sets the seconds since the last use, 0 or more, where the policy notes them. */
  setIdle(db: Database, ref: number, seconds: bigint): void {
    if (this.lfu) return
    // The reference counts in milliseconds of 64 bits first and lets them overflow.
    const passed = BigInt.asIntN(64, seconds * 1000n) / 1000n
    const used = BigInt(this.seconds) - passed
    const wrapped = used < 0n ? used + BigInt(CLOCK_MASK) : used
    writeAccess(db.arena, ref, Number(BigInt.asUintN(24, wrapped)))
  }

  /** Sets the counter, 0 to 255, where the policy has one. */
  setFrequency(db: Database, ref: number, counter: number): void {
    if (this.lfu) writeAccess(db.arena, ref, (this.minutes << 8) | counter)
  }

  private increment(counter: number): number {
    if (counter === 255) return 255
    const base = Math.max(0, counter - LFU_FRESH)
    return this.random.fraction() < 1 / (base * this.logFactor + 1) ? counter + 1 : counter
  }
}
