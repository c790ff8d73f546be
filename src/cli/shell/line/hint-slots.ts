// hint-slots.ts: the words typed so far, matched against the tree of a command's arguments.
//
// Optional arguments that stand together may come in any order. Only words that are complete (a
// space follows) count.

/** One argument of a command, in the terms of COMMAND DOCS. */
export interface CommandArgument {
  name: string
  type: string
  token?: string
  displayText?: string
  optional?: boolean
  multiple?: boolean
  multipleToken?: boolean
  /** The members of a block, or the choices of a `oneof`. */
  arguments?: CommandArgument[]
}

/** An argument and what of it has been typed. */
export interface Slot {
  argument: CommandArgument
  parts: Slot[]
  /** Words that were taken. */
  words: number
  token: boolean
  value: boolean
  /** Nothing of it is missing. */
  whole: boolean
}

export function slotOf(argument: CommandArgument): Slot {
  const parts = (argument.arguments ?? []).map(slotOf)
  return { argument, parts, words: 0, token: false, value: false, whole: false }
}

function clear(slot: Slot): void {
  slot.words = 0
  slot.token = slot.value = slot.whole = false
  for (const part of slot.parts) clear(part)
}

/** Matches words with slots in order; returns how many were taken, 0 when one did not fit. */
export function matchAll(words: readonly string[], slots: readonly Slot[]): number {
  let taken = 0
  for (let at = 0; at < slots.length && taken < words.length; at++) {
    const group = optionalsFrom(slots, at)
    const rest = words.slice(taken)
    if (group.length > 0) {
      taken += matchOptionals(rest, group)
      at += group.length - 1
      continue
    }
    const count = match(rest, slots[at]!)
    if (count === 0) return 0
    taken += count
  }
  return taken
}

/** The run of optional slots that begins here. */
export function optionalsFrom(slots: readonly Slot[], start: number): Slot[] {
  let stop = start
  while (slots[stop]?.argument.optional) stop++
  return slots.slice(start, stop)
}

function matchOptionals(words: readonly string[], group: readonly Slot[]): number {
  let taken = 0
  let before: Slot | undefined
  while (taken < words.length) {
    const rest = words.slice(taken)
    let count = 0
    const slot = group.find((each) => each.words === 0 && (count = match(rest, each)) > 0)
    if (slot === undefined) break
    // Whoever goes on to the next option has finished the last one.
    if (before !== undefined) before.whole = true
    before = slot
    taken += count
  }
  return taken
}

/** Matches one argument with the words ahead, as often as it may repeat. */
function match(words: readonly string[], slot: Slot): number {
  let taken = matchOnce(words, slot)
  if (!slot.argument.multiple) return taken
  while (slot.whole && taken < words.length) {
    const rest = words.slice(taken)
    clear(slot)
    if (slot.argument.token === undefined || slot.argument.multipleToken) {
      taken += matchOnce(rest, slot)
      continue
    }
    // The token stands only before the first of the values.
    taken += matchValue(rest, slot)
    slot.token = slot.words > 0
  }
  slot.whole = false
  return taken
}

function matchOnce(words: readonly string[], slot: Slot): number {
  const { token, type } = slot.argument
  if (token === undefined) return matchValue(words, slot)
  if (token.toLowerCase() !== words[0]!.toLowerCase()) return 0
  slot.token = true
  slot.words = 1
  if (type === 'pure-token') slot.whole = true
  if (type === 'pure-token' || words.length === 1) return 1
  return matchValue(words.slice(1), slot)
}

function matchValue(words: readonly string[], slot: Slot): number {
  switch (slot.argument.type) {
    case 'block':
      slot.words += matchAll(words, slot.parts)
      slot.whole = slot.parts.every((part) => part.whole)
      return slot.words
    case 'oneof': {
      const chosen = slot.parts.find((part) => match(words, part) > 0)
      slot.words += chosen?.words ?? 0
      slot.whole = chosen?.whole ?? slot.whole
      return slot.words
    }
    case 'integer':
    case 'unix-time':
      return matchWord(slot, /^\s*[+-]?\d/.test(words[0]!))
    case 'double':
      return matchWord(slot, /^\s*[+-]?(\d|\.\d|inf|nan)/i.test(words[0]!))
    default:
      return matchWord(slot, true)
  }
}

function matchWord(slot: Slot, fits: boolean): number {
  slot.words = fits ? slot.words + 1 : 0
  slot.value = fits
  slot.whole ||= fits
  return slot.words
}
