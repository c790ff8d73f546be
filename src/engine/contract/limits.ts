// limits.ts: the limits of an engine that directives change: its own, and those that a type or a
// feature declares in its folder, made on first use and found by a number as parts are (parts.ts).
// The figures, here and there, are redis-server's defaults.
//
//   export const hashLimits = defineLimits('hash', { entries: 512, value: 64 })
//   db.parts.limits.of(hashLimits).entries

import type { PartKey } from './parts.ts'

/** Names the limits of a folder: what `Limits.of` takes. */
export type LimitsKey<T> = PartKey<Limits, T>

/** The limits that a key names. */
export type LimitsOf<Key> = Key extends LimitsKey<infer T> ? T : never

let declared = 0

/**
 * Declares the limits of a type or a feature.
 * @param defaults what they are until a directive says otherwise
 */
export function defineLimits<T extends Record<string, number>>(
  name: string,
  defaults: T,
): LimitsKey<T> {
  return { name, place: declared++, create: () => ({ ...defaults }) }
}

export class Limits {
  /** client-query-buffer-limit, bytes. */
  queryBuffer = 1024 * 1024 * 1024
  /** proto-max-bulk-len, bytes. */
  bulk = 512 * 1024 * 1024
  /** maxmemory, bytes; 0 is no limit. */
  memory = 0
  /** What all clients together may take (maxmemory-clients), bytes. */
  clients = Number.POSITIVE_INFINITY
  /** Whether checksums of payloads and files count (DEBUG SET-SKIP-CHECKSUM-VALIDATION). */
  checksums = true
  // Not behind `Parts`: commands ask for them again and again, and each load counts.
  private readonly slots: unknown[] = []

  /** The limits that a folder has declared; whoever follows a directive sets them. */
  of<T>(key: LimitsKey<T>): T {
    const found = this.slots[key.place]
    return found === undefined ? this.make(key) : (found as T)
  }

  private make<T>(key: LimitsKey<T>): T {
    const limits = key.create(this)
    while (this.slots.length <= key.place) this.slots.push(undefined)
    this.slots[key.place] = limits
    return limits
  }
}

/** Bytes above which a string must not grow, whatever the directive says: offsets stay int32. */
export const STRING_MAX = 0x7fffffff
