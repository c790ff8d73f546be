// key-specs.ts: where the keys of a command are and what it does with them.
//
// A key spec has two steps, as COMMAND INFO shows them: where to begin (at an index, behind a
// keyword) and how to go on (a range of words, a number of keys that is itself a word). Both are
// derived from the grammar line; a declaration states the access flags, and a step only where the
// reference publishes something the grammar cannot know.

import { type Argument, widthOf, widthOfAll } from './syntax.ts'

/** The access flags, one bit each in the order in which COMMAND INFO prints them. */
export const RO = 1 << 0
export const RW = 1 << 1
export const OW = 1 << 2
export const RM = 1 << 3
/** Returns, copies or uses the value. */
export const ACCESS = 1 << 4
export const UPDATE = 1 << 5
export const INSERT = 1 << 6
export const DELETE = 1 << 7
/** No key, but it decides the cluster slot as a key does. */
export const NOT_KEY = 1 << 8
/** There may be keys that the spec does not find. */
export const INCOMPLETE = 1 << 9
/** The flags depend on other arguments. */
export const VARIABLE_FLAGS = 1 << 10

const flagNamesInOrder = [
  'RO',
  'RW',
  'OW',
  'RM',
  'access',
  'update',
  'insert',
  'delete',
  'not_key',
  'incomplete',
  'variable_flags',
]

/** Where the first key is searched. */
export type BeginSearch =
  | { readonly type: 'index'; readonly index: number }
  | { readonly type: 'keyword'; readonly keyword: string; readonly startFrom: number }
  | { readonly type: 'unknown' }

/** How the keys go on from the first. */
export type FindKeys =
  | {
      readonly type: 'range'
      /** Words from the first key to the last; below zero it counts from the end, -1 the end. */
      readonly lastKey: number
      readonly keyStep: number
      /** With lastKey -1: only the first 1/limit of the words that remain. 0 means all. */
      readonly limit: number
    }
  | {
      readonly type: 'keynum'
      /** Where the number of keys is, counted from where the search begins. */
      readonly keyNumIndex: number
      readonly firstKey: number
      readonly keyStep: number
    }
  | { readonly type: 'unknown' }

/** One key spec. */
export type KeySpec = {
  readonly flags: number
  readonly note: string | undefined
  readonly begin: BeginSearch
  readonly find: FindKeys
}

/** A key spec as a declaration states it: flags such as 'RW access update', or more. */
export type KeyDeclaration =
  | string
  | {
      readonly flags: string
      /** A remark for the readers of COMMAND INFO. */
      readonly note?: string
      /** Overrides what the grammar says. */
      readonly begin?: BeginSearch
      readonly find?: FindKeys
    }

/** The names of the access flags that are set, in the order of COMMAND INFO. */
export function keyFlagNames(bits: number): string[] {
  return flagNamesInOrder.filter((_, bit) => (bits & (1 << bit)) !== 0)
}

/** The bits of access flags written as in COMMAND INFO, with spaces between. */
export function keyFlagBits(text: string): number {
  let bits = 0
  for (const name of text.split(' ')) {
    const bit = flagNamesInOrder.indexOf(name)
    if (bit < 0) throw new Error(`unknown key flag '${name}'`)
    bits |= 1 << bit
  }
  return bits
}

/**
 * The key specs of a command.
 * @param words how many words come before the arguments: 1, or 2 for a subcommand
 * @throws Error when the grammar has no key arguments for a spec that states no steps of its own
 */
export function deriveKeySpecs(
  declared: readonly KeyDeclaration[],
  list: readonly Argument[],
  words: number,
): KeySpec[] {
  const places = findPlaces(list, words)
  return declared.map((declaration, i) => {
    const stated = typeof declaration === 'string' ? { flags: declaration } : declaration
    const mine = places.filter((place) => place.keySpec === i)
    return {
      flags: keyFlagBits(stated.flags),
      note: stated.note,
      begin: stated.begin ?? beginOf(first(mine)),
      find: stated.find ?? findOf(mine),
    }
  })
}

/** A key argument and what surrounds it. */
type Place = {
  readonly keySpec: number
  /** The first word it may be. */
  readonly earliest: number
  /** Whether it is always there, at that word. */
  readonly fixed: boolean
  readonly many: boolean
  /** The word that announces it or its group, and the first place of that word. */
  readonly keyword: string | undefined
  readonly keywordAt: number
  /** Words from one key to the next. */
  readonly step: number
  /** The least number of words behind it. */
  readonly after: number
  /** The argument before it says how many keys there are. */
  readonly counted: boolean
  /** A list of the same length follows, as the ids follow the keys of XREAD. */
  readonly paired: boolean
}

/** What is known about the place of the next argument. */
type Cursor = {
  earliest: number
  fixed: boolean
  readonly keyword: string | undefined
  readonly keywordAt: number
  readonly step: number
  /** Words behind the group that is being walked. */
  readonly behind: number
}

function findPlaces(list: readonly Argument[], words: number): Place[] {
  const places: Place[] = []
  const top = { keyword: undefined, keywordAt: 0, step: 1, behind: 0 }
  walk(list, { ...top, earliest: words, fixed: true }, places)
  // A slot argument has no number in the documents; it takes the specs in order.
  return places.map((place, i) => (place.keySpec < 0 ? { ...place, keySpec: i } : place))
}

function walk(list: readonly Argument[], cursor: Cursor, places: Place[]): void {
  for (const [i, argument] of list.entries()) {
    const behind = cursor.behind + widthOfAll(list.slice(i + 1)).min
    if (argument.type === 'key' || argument.slot) {
      places.push(placeOf(list, i, { ...cursor, behind }))
    } else if (argument.arguments.length > 0) {
      enter(argument, { ...cursor, behind }, places)
    }
    const { min, max } = widthOf(argument)
    cursor.earliest += min
    cursor.fixed &&= min === max
  }
}

function enter(group: Argument, cursor: Cursor, places: Place[]): void {
  const announced = group.token !== undefined
  const inner: Cursor = {
    earliest: cursor.earliest + (announced ? 1 : 0),
    fixed: cursor.fixed && !group.optional,
    keyword: announced ? group.token : cursor.keyword,
    keywordAt: announced ? cursor.earliest : cursor.keywordAt,
    step: group.multiple && group.type === 'block' ? widthOfAll(group.arguments).min : 1,
    behind: cursor.behind,
  }
  if (group.type === 'block') {
    walk(group.arguments, inner, places)
    return
  }
  for (const choice of group.arguments) walk([choice], { ...inner }, places)
}

function placeOf(list: readonly Argument[], i: number, cursor: Cursor): Place {
  const argument = list[i] as Argument
  const announced = argument.token !== undefined
  return {
    keySpec: argument.keySpec,
    earliest: cursor.earliest + (announced ? 1 : 0),
    fixed: cursor.fixed && !(argument.optional && announced),
    many: argument.multiple || cursor.step > 1,
    keyword: announced ? argument.token : cursor.keyword,
    keywordAt: announced ? cursor.earliest : cursor.keywordAt,
    step: cursor.step,
    // The other words of a repeated group belong to the step, not to the tail.
    after: cursor.step > 1 ? cursor.behind - (cursor.step - 1) : cursor.behind,
    counted: list[i - 1]?.name === 'numkeys',
    paired: cursor.step === 1 && argument.multiple && list[i + 1]?.multiple === true,
  }
}

function beginOf(place: Place): BeginSearch {
  if (!place.fixed && place.keyword !== undefined) {
    return { type: 'keyword', keyword: place.keyword, startFrom: place.keywordAt }
  }
  if (!place.fixed) throw new Error('a key without a fixed place needs a keyword')
  return { type: 'index', index: place.counted ? place.earliest - 1 : place.earliest }
}

function findOf(mine: readonly Place[]): FindKeys {
  const place = first(mine)
  if (place.counted) return { type: 'keynum', keyNumIndex: 0, firstKey: 1, keyStep: 1 }
  if (!place.many) {
    const last = mine[mine.length - 1] as Place
    return { type: 'range', lastKey: last.earliest - place.earliest, keyStep: 1, limit: 0 }
  }
  const paired = place.paired && place.keyword !== undefined
  const after = paired ? 0 : place.after
  return { type: 'range', lastKey: -1 - after, keyStep: place.step, limit: paired ? 2 : 0 }
}

function first(places: readonly Place[]): Place {
  const place = places[0]
  if (place === undefined) throw new Error('a key spec without a key argument')
  return place
}
