// open-options.ts: what is wrong with the options of `open` and `listen`: a mistake is named where
// it was made, not found later by what it does.

import { types } from 'node:util'
import { moduleBehind } from '../../engine/contract/module.ts'
import { bytesText } from '../files/config-files.ts'
import type { ListenOptions, RubelliteOptions } from './rubellite.ts'

/** The most databases the directive allows. */
const DATABASES_MAX = 2147483647
const PORT_MAX = 65535
/** A Date reaches this far from 1970, in milliseconds. */
const TIME_MAX = 8.64e15
/** A name is taken for a slip of another one while at most this share of letters is changed. */
const SLIPS_SHARE = 0.5

/** Says what is wrong with the value of an option; undefined where nothing is. */
type Check = (value: unknown) => string | undefined
type Checks<T> = { readonly [name in keyof Required<T>]: Check }

const OPEN: Checks<RubelliteOptions> = {
  clock: oneOf('system', 'manual'),
  seed: (value) => (Number.isSafeInteger(value) ? undefined : 'must be an integer'),
  now: (value) => (isTime(value) ? undefined : 'must be a date or milliseconds since 1970'),
  replies: oneOf('text', 'bytes'),
  databases: integer(1, DATABASES_MAX),
  config: directives,
  modules,
}

const LISTEN: Checks<ListenOptions> = {
  port: integer(0, PORT_MAX),
  host: text,
  path: text,
  keepAlive: (value) => (typeof value === 'boolean' ? undefined : 'must be true or false'),
}

/** @throws TypeError or RangeError naming the option of `open` that is wrong */
export function checkOpenOptions(options: RubelliteOptions): void {
  check(options, OPEN)
}

/** @throws TypeError or RangeError naming the option of `listen` that is wrong */
export function checkListenOptions(options: ListenOptions): void {
  check(options, LISTEN)
}

function check(options: unknown, checks: Readonly<Record<string, Check>>): void {
  if (typeof options !== 'object' || options === null) {
    throw new TypeError(`options must be an object, not ${shown(options)}`)
  }
  for (const [name, value] of Object.entries(options)) {
    const test = Object.hasOwn(checks, name) ? checks[name] : undefined
    if (test === undefined) throw new TypeError(unknownOption(name, Object.keys(checks)))
    const fault = value === undefined ? undefined : test(value)
    if (fault === undefined) continue
    const isRange = typeof value === 'number' || types.isDate(value)
    const Kind = isRange ? RangeError : TypeError
    throw new Kind(`option '${name}' ${fault}, not ${shown(value)}`)
  }
}

function unknownOption(name: string, known: readonly string[]): string {
  const byNearness = known
    .map((word) => ({ word, slips: distance(name.toLowerCase(), word.toLowerCase()) }))
    .sort((a, b) => a.slips - b.slips)
  const nearest = byNearness[0]!
  const isNear = nearest.slips <= SLIPS_SHARE * Math.max(name.length, nearest.word.length)
  const advice = isNear ? `did you mean '${nearest.word}'?` : `there are ${known.join(', ')}`
  return `unknown option '${name}': ${advice}`
}

/** Letters to insert, remove or replace to make one word of another. */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, i) => i)
  for (let i = 0; i < from.length; i++) {
    const next = [i + 1]
    for (let j = 0; j < to.length; j++) {
      const replaced = row[j]! + (from[i] === to[j] ? 0 : 1)
      next.push(Math.min(replaced, row[j + 1]! + 1, next[j]! + 1))
    }
    row = next
  }
  return row[to.length]!
}

function oneOf(...words: readonly string[]): Check {
  const choice = words.map((word) => `'${word}'`).join(' or ')
  return (value) => (words.includes(value as string) ? undefined : `must be ${choice}`)
}

function integer(least: number, most: number): Check {
  return (value) =>
    Number.isInteger(value) && (value as number) >= least && (value as number) <= most
      ? undefined
      : `must be an integer from ${least} to ${most}`
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? undefined : 'must be text'
}

function isTime(value: unknown): boolean {
  const time = typeof value === 'number' || types.isDate(value) ? Number(value) : Number.NaN
  return Math.abs(time) <= TIME_MAX
}

/** @throws TypeError naming the directive whose value is no text */
function directives(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return 'must be an object of directives'
  }
  for (const [name, setting] of Object.entries(value)) {
    if (typeof setting === 'string') continue
    const told = typeof setting === 'number' ? `: write '${setting}'` : ''
    throw new TypeError(
      `option 'config': directive '${bytesText(name)}' must be text, not ${shown(setting)}${told}`,
    )
  }
  return undefined
}

/** @throws Error naming the place of what is no module */
function modules(value: unknown): string | undefined {
  if (!Array.isArray(value)) return 'must be an array of modules'
  value.forEach((module, i) => {
    try {
      moduleBehind(module)
    } catch (error) {
      throw new Error(`option 'modules', element ${i}: ${(error as Error).message}`)
    }
  })
  return undefined
}

/** A value as a message shows it, short. */
function shown(value: unknown): string {
  if (typeof value === 'string') return `'${value.slice(0, 40)}'`
  if (Array.isArray(value)) return 'an array'
  if (types.isDate(value)) return 'an invalid date'
  if (typeof value === 'object' && value !== null) return 'an object'
  return typeof value === 'function' ? 'a function' : String(value)
}
