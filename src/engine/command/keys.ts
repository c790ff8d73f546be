// keys.ts: the one place that finds the keys in a call. COMMAND GETKEYS, the cluster's slots, the
// ACL's key patterns and client tracking all ask here.
//
// The key specs decide; where their flags vary with the arguments, or where they cannot tell, the
// command's own finder (key-finders.ts) does. A malformed call yields no keys: its error is the
// handler's to report.

import { parseInteger } from '../../bytes/numbers/numbers.ts'
import type { Words } from '../../bytes/wire/request.ts'
import type { Command } from './command.ts'
import { loosely } from './key-finders.ts'
import { INCOMPLETE, type KeySpec, NOT_KEY, VARIABLE_FLAGS } from './key-specs.ts'
import { sameWord } from './words.ts'

/** Keys of one call, reused from call to call: where they are and what happens to them. */
export class KeyList {
  count = 0
  /** Word of the command, its name being word 0. */
  positions = new Int32Array(8)
  /** Access flags as in key-specs.ts. */
  flags = new Int32Array(8)

  clear(): void {
    this.count = 0
  }

  add(position: number, flags: number): void {
    if (this.count === this.positions.length) this.grow()
    this.positions[this.count] = position
    this.flags[this.count++] = flags
  }

  /** Adds every `step`th word from `first` to `last`. */
  addRange(first: number, last: number, step: number, flags: number): void {
    for (let i = first; i <= last; i += step) this.add(i, flags)
  }

  private grow(): void {
    const positions = new Int32Array(this.count * 2)
    const flags = new Int32Array(this.count * 2)
    positions.set(this.positions)
    flags.set(this.flags)
    this.positions = positions
    this.flags = flags
  }
}

/** Whether calls of the command can have keys at all (else: 'The command has no key arguments'). */
export function hasKeys(command: Command): boolean {
  if (command.keysOf !== undefined) return true
  return command.keySpecs.some((spec) => (spec.flags & NOT_KEY) === 0)
}

/**
 * Whether a call of so many words fits the arity.
 * @param count words of the call, the command's name included
 */
export function fitsArity(command: Command, count: number): boolean {
  return command.arity >= 0 ? count === command.arity : count >= -command.arity
}

/**
 * Finds the keys of a call.
 * @param words the request; word `start` is the name of the command (or of its container)
 * @param keys receives positions counted from `start`; it is cleared first
 * @returns false when there are none or the call is malformed; both, for the reference, are
 * 'Invalid arguments specified for command' unless the command has the flag NO_MANDATORY_KEYS
 */
export function findKeys(command: Command, words: Words, start: number, keys: KeyList): boolean {
  keys.clear()
  if (hasReliableSpecs(command) && findBySpecs(command, words, start, keys)) return keys.count > 0
  keys.clear()
  if (findOtherwise(command, words, start, keys)) return keys.count > 0
  keys.clear()
  return false
}

function findOtherwise(command: Command, words: Words, start: number, keys: KeyList): boolean {
  if (command.keysOf !== undefined) return command.keysOf(words, start, keys)
  return command.module === undefined && loosely(command.keySpecs, words, start, keys)
}

/** As `findKeys`, and finds what is no key but decides the cluster slot: shard channels. */
export function findSlots(command: Command, words: Words, start: number, keys: KeyList): boolean {
  if (!hasSlotSpecs(command)) return findKeys(command, words, start, keys)
  keys.clear()
  for (const spec of command.keySpecs) if (!findBySpec(spec, words, start, keys)) return false
  return keys.count > 0
}

function hasSlotSpecs(command: Command): boolean {
  for (const spec of command.keySpecs) if (spec.flags & NOT_KEY) return true
  return false
}

function hasReliableSpecs(command: Command): boolean {
  let reliable = false
  for (const spec of command.keySpecs) {
    if (spec.flags & VARIABLE_FLAGS) return false
    if (!(spec.flags & NOT_KEY)) reliable = true
  }
  return reliable
}

function findBySpecs(command: Command, words: Words, start: number, keys: KeyList): boolean {
  for (const spec of command.keySpecs) {
    if (spec.flags & NOT_KEY) continue
    if (!findBySpec(spec, words, start, keys)) return false
    if (spec.flags & INCOMPLETE) return false
  }
  return true
}

/** Adds the keys of one spec; false when the call does not fit it. */
function findBySpec(spec: KeySpec, words: Words, start: number, keys: KeyList): boolean {
  const count = words.count - start
  const { find } = spec
  const begin = beginOf(spec, words, start)
  if (begin === 0) return true
  if (begin < 0 || find.type === 'unknown') return false
  if (find.type === 'range') {
    const last = lastOfRange(begin, find.lastKey, find.limit, count)
    if (!isWithin(begin, last, count)) return false
    keys.addRange(begin, last, find.keyStep, spec.flags)
    return true
  }
  const at = start + begin + find.keyNumIndex
  if (at >= words.count) return false
  const n = parseInteger(words.bytes, words.starts[at]!, words.ends[at]!)
  if (!(n >= 0)) return false
  const first = begin + find.firstKey
  if (!isWithin(first, first + n - 1, count)) return false
  keys.addRange(first, first + n - 1, find.keyStep, spec.flags)
  return true
}

/** The word at which the search goes on, 0 where the keyword is not there, -1 for unknown. */
function beginOf(spec: KeySpec, words: Words, start: number): number {
  const { begin } = spec
  if (begin.type === 'unknown') return -1
  if (begin.type === 'index') return begin.index
  const count = words.count - start
  const forward = begin.startFrom > 0
  const step = forward ? 1 : -1
  // The word furthest away in the direction of the search is never the keyword: forward it would
  // announce nothing, backward it is the first argument.
  const end = forward ? count - 1 : 1
  let i = forward ? begin.startFrom : count + begin.startFrom
  for (; i !== end && i >= 1 && i < count; i += step) {
    if (sameWord(words, start + i, begin.keyword)) return i + 1
  }
  return 0
}

function lastOfRange(first: number, lastKey: number, limit: number, count: number): number {
  if (lastKey >= 0) return first + lastKey
  if (limit === 0) return count + lastKey
  return first + Math.floor((count - first) / limit) + lastKey
}

function isWithin(first: number, last: number, count: number): boolean {
  return first < count && last < count && last >= first
}
