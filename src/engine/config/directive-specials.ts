// directive-specials.ts: the values that have a grammar of their own, each as the code wants it:
// bind addresses, save points, output-buffer limits, event classes, percentiles.

import { latin1 } from '../../bytes/memory/span.ts'
import { parseDouble } from '../../bytes/numbers/numbers.ts'
import * as events from '../contract/events.ts'
import type { ConfigLine, ValueKind } from './directive.ts'
import { refuse } from './directive.ts'
import { plainLine } from './directive-kinds.ts'
import { formatMemory, readLooseInteger, readMemory } from './directive-numbers.ts'

const ADDRESSES_MAX = 16

/** Addresses to listen on; a leading '-' marks one that may be missing, '*' is every one. */
export const addresses: ValueKind<readonly string[]> = {
  name: 'addresses',
  words: true,
  read(words) {
    if (words.length > ADDRESSES_MAX) refuse('Too many bind addresses specified.')
    const value = words.length === 1 && words[0] === '' ? [] : [...words]
    return { value, text: value.join(' ') }
  },
  write(name, now, initial) {
    if (now.text === initial.text) return []
    return [{ text: `${name} ${now.text || '""'}`, force: true }]
  },
}

export type SavePoint = { readonly seconds: number; readonly changes: number }

/** When to save: pairs of seconds and changes. The lines of one file add up; `""` clears. */
export const savePoints: ValueKind<readonly SavePoint[]> = {
  name: 'seconds changes …',
  words: true,
  read(words, now, occasion) {
    if (words.length === 1 && words[0] === '') return { value: [], text: '' }
    const value = occasion.loading && occasion.repeated ? [...now.value] : []
    if (words.length % 2 !== 0) refuse('Invalid save parameters')
    for (let i = 0; i < words.length; i += 2) {
      const seconds = readLooseInteger(words[i]!)
      const changes = readLooseInteger(words[i + 1]!)
      if (seconds === undefined || changes === undefined || seconds < 1 || changes < 0) {
        return refuse('Invalid save parameters')
      }
      value.push({ seconds, changes })
    }
    return { value, text: value.map((point) => `${point.seconds} ${point.changes}`).join(' ') }
  },
  write(name, now) {
    // Even no save point is written: without a line a redis-server would use its own default.
    if (now.value.length === 0) return [{ text: `${name} ""`, force: true }]
    return now.value.map((point) => {
      return { text: `${name} ${point.seconds} ${point.changes}`, force: true }
    })
  },
}

/** Bytes a client may leave unread: at once, or for some time. Zero is no limit. */
export type BufferLimit = {
  readonly hardBytes: number
  readonly softBytes: number
  readonly softSeconds: number
}
/** By the class of client. */
export type BufferLimits = {
  readonly normal: BufferLimit
  readonly replica: BufferLimit
  readonly pubsub: BufferLimit
}

const CLIENT_CLASSES = ['normal', 'replica', 'pubsub'] as const
const NO_LIMIT: BufferLimit = { hardBytes: 0, softBytes: 0, softSeconds: 0 }
const NO_LIMITS: BufferLimits = { normal: NO_LIMIT, replica: NO_LIMIT, pubsub: NO_LIMIT }

/** Groups of class, hard limit, soft limit and seconds; classes that are not named stay. */
export const bufferLimits: ValueKind<BufferLimits> = {
  name: 'class hard soft seconds …',
  words: true,
  read(words, now) {
    const value = { ...(now.value ?? NO_LIMITS) }
    if (words.length % 4 !== 0) refuse('Wrong number of arguments in buffer limit configuration.')
    for (let i = 0; i < words.length; i += 4) {
      value[readClientClass(words[i]!)] = readBufferLimit(words.slice(i + 1, i + 4))
    }
    return { value, text: CLIENT_CLASSES.map((name) => bufferText(name, value[name])).join(' ') }
  },
  write(name, now, initial) {
    return CLIENT_CLASSES.map((client): ConfigLine => {
      const { hardBytes, softBytes, softSeconds } = now.value[client]
      const sizes = `${formatMemory(`${hardBytes}`)} ${formatMemory(`${softBytes}`)}`
      const force =
        bufferText(client, now.value[client]) !== bufferText(client, initial.value[client])
      return { text: `${name} ${client} ${sizes} ${softSeconds}`, force }
    })
  },
}

function readClientClass(word: string): (typeof CLIENT_CLASSES)[number] {
  const name = word.toLowerCase()
  if (name === 'slave') return 'replica'
  if (name === 'normal' || name === 'replica' || name === 'pubsub') return name
  return refuse('Invalid client class specified in buffer limit configuration.')
}

function readBufferLimit(words: readonly string[]): BufferLimit {
  const hard = readMemory(words[0]!)
  const soft = readMemory(words[1]!)
  const softSeconds = readLooseInteger(words[2]!)
  if (hard === undefined || soft === undefined || softSeconds === undefined || softSeconds < 0) {
    return refuse('Error in hard, soft or soft_seconds setting in buffer limit configuration.')
  }
  return { hardBytes: Number(hard), softBytes: Number(soft), softSeconds }
}

/** CONFIG GET still says `slave`; CONFIG REWRITE does not. */
function bufferText(client: string, limit: BufferLimit): string {
  const name = client === 'replica' ? 'slave' : client
  return `${name} ${limit.hardBytes} ${limit.softBytes} ${limit.softSeconds}`
}

/** Letters of the event classes in the order CONFIG GET prints them. */
const CLASSES: readonly (readonly [string, number])[] = [
  ['g', events.GENERIC],
  ['$', events.STRING],
  ['l', events.LIST],
  ['s', events.SET],
  ['h', events.HASH],
  ['z', events.ZSET],
  ['x', events.EXPIRED],
  ['e', events.EVICTED],
  ['t', events.STREAM],
  ['d', events.MODULE],
]
const ALL_CLASSES = CLASSES.reduce((mask, [, bit]) => mask | bit, 0)
const WAYS: readonly (readonly [string, number])[] = [
  ['K', events.KEYSPACE],
  ['E', events.KEYEVENT],
  ['m', events.KEY_MISS],
]
/** Classes that `A` does not mean. */
const MORE_CLASSES: readonly (readonly [string, number])[] = [
  ['n', events.NEW_KEY],
  ['o', events.OVERWRITTEN],
  ['c', events.TYPE_CHANGED],
]
const LETTERS = new Map([...CLASSES, ...WAYS, ...MORE_CLASSES, ['A', ALL_CLASSES]])

/** Classes of keyspace events, as a mask of the bits in contract/events.ts. */
export const eventClasses: ValueKind<number> = {
  name: 'event classes',
  words: false,
  read(words) {
    let mask = 0
    for (const letter of words[0]!) {
      const bits = LETTERS.get(letter)
      if (bits === undefined) refuse("Invalid event class character. Use 'Ag$lshzxeKEtmdn'.")
      mask |= bits!
    }
    return { value: mask, text: eventText(mask) }
  },
  write: (name, now) => [{ text: `${name} "${now.text}"`, force: now.value !== 0 }],
}

/** `A` hides the classes that it does not mean: redis-server prints it so. */
function eventText(mask: number): string {
  const letters = (table: readonly (readonly [string, number])[]) =>
    table.filter(([, bit]) => (mask & bit) !== 0).map(([letter]) => letter)
  const all = (mask & ALL_CLASSES) === ALL_CLASSES
  const classes = all ? ['A'] : letters([...CLASSES, ...MORE_CLASSES])
  return [...classes, ...letters(WAYS)].join('')
}

/** Three scores between -2000 and 2000: primary, replica, background child. */
export const oomScores: ValueKind<readonly number[]> = {
  name: 'three scores, -2000 to 2000',
  words: true,
  read(words) {
    if (words.length !== 3) refuse('wrong number of arguments')
    const value = words.map((word) => {
      const score = readLooseInteger(word)
      if (score === undefined || score < -2000 || score > 2000) {
        return refuse('Invalid oom-score-adj-values, elements must be between -2000 and 2000.')
      }
      return score
    })
    return { value, text: value.join(' ') }
  },
  write: plainLine,
}

/** Percentiles between 0 and 100 for INFO latencystats. */
export const percentiles: ValueKind<readonly number[]> = {
  name: 'percentiles',
  words: true,
  read(words) {
    if (words.length === 1 && words[0] === '') return { value: [], text: '' }
    const value = words.map((word) => {
      const percentile = parseDouble(latin1(word), 0, word.length)
      if (Number.isNaN(percentile)) {
        refuse('Invalid latency-tracking-info-percentiles parameters')
      }
      if (percentile > 100 || percentile < 0) {
        refuse('latency-tracking-info-percentiles parameters should sit between [0.0,100.0]')
      }
      return percentile
    })
    return { value, text: value.map(percentileText).join(' ') }
  },
  write: (name, now) => [{ text: `${name} ${now.text || '""'}`, force: true }],
}

function percentileText(percentile: number): string {
  if (Object.is(percentile, -0)) return '-0'
  return percentile.toFixed(6).replace(/\.?0+$/, '')
}

/** Where a replica copies from: a host and a port, or nothing. */
export const replicaSource: ValueKind<string> = {
  name: 'host port',
  words: true,
  read(words) {
    const [host, port] = words
    if (words.length === 0) return { value: '', text: '' }
    if (words.length !== 2) refuse('wrong number of arguments')
    if (host!.toLowerCase() === 'no' && port!.toLowerCase() === 'one')
      return { value: '', text: '' }
    const number = readLooseInteger(port!)
    if (number === undefined || number < 0 || number > 65535) return refuse('Invalid master port')
    const text = `${host} ${number}`
    return { value: text, text }
  },
  write: (name, now) => (now.text === '' ? [] : [{ text: `${name} ${now.text}`, force: true }]),
}
