// big-keys.ts: `--bigkeys` and `--memkeys`: the largest key of each type, and what there is of
// each.

import type { Argument } from '../../../node/net/link.ts'
import { binary, complain, say } from '../format/output.ts'
import { quote } from '../format/quote.ts'
import type { Session } from '../session.ts'
import { ask, askAll, Interruption, numberOf, percent, textOf } from './mode.ts'
import { type Batch, batches } from './scan.ts'
import { ScanScreen } from './scan-screen.ts'

/** What is known of the keys of one type. */
class TypeCount {
  readonly name: string
  /** The command that tells a key's size; undefined for a type of a module. */
  readonly sizeCommand: string | undefined
  readonly unit: string
  count = 0
  total = 0
  biggest = 0
  /** Quoted. */
  biggestKey = ''

  constructor(name: string, sizeCommand: string | undefined, unit: string) {
    this.name = name
    this.sizeCommand = sizeCommand
    this.unit = unit
  }
}

interface Census {
  types: Map<string, TypeCount>
  /** By memory instead of by number of elements. */
  byMemory: boolean
  keys: number
  keyBytes: number
  databaseSize: number
  /** How far the scan was when the step began. */
  done: string
}

const STEPS_PER_REST = 100
const MILLION = 1_000_000

export async function bigKeys(session: Session): Promise<void> {
  const interruption = new Interruption()
  const byMemory = session.settings.mode === 'memkeys'
  const databaseSize = numberOf(await ask(session, ['DBSIZE'])) ?? 0
  const census: Census = {
    types: knownTypes(byMemory),
    byMemory,
    keys: 0,
    keyBytes: 0,
    databaseSize,
    done: percent(0, 1),
  }
  say('')
  say('# Scanning the entire keyspace to find biggest keys as well as')
  say('# average sizes per key type.  You can use -i 0.1 to sleep 0.1 sec')
  say('# per 100 SCAN commands (not usually needed).')
  say('')
  const screen = new ScanScreen(databaseSize)
  for await (const batch of batches(session, interruption, STEPS_PER_REST)) {
    await take(session, census, { batch, screen })
    screen.show(census.keys, () => [...census.types.values()].filter(hasBiggest).map(foundLine))
  }
  screen.end(census.keys)
  summarise(census, interruption.pressed)
  interruption.end()
}

function knownTypes(byMemory: boolean): Map<string, TypeCount> {
  const units: [string, string, string][] = [
    ['string', 'STRLEN', 'bytes'],
    ['list', 'LLEN', 'items'],
    ['set', 'SCARD', 'members'],
    ['hash', 'HLEN', 'fields'],
    ['zset', 'ZCARD', 'members'],
    ['stream', 'XLEN', 'entries'],
  ]
  return new Map(
    units.map(([name, command, unit]) => [
      name,
      new TypeCount(name, command, byMemory ? 'bytes' : unit),
    ]),
  )
}

async function take(
  session: Session,
  census: Census,
  { batch, screen }: { batch: Batch; screen: ScanScreen },
): Promise<void> {
  const { types, byMemory } = census
  census.done = percent(census.keys, census.databaseSize)
  const named = await askAll(
    session,
    batch.map((key) => ['TYPE', key]),
  )
  const keys = batch.flatMap((key, i) => {
    const name = textOf(named[i])
    // A key may go between SCAN and TYPE.
    if (name === 'none') return []
    if (!types.has(name)) types.set(name, new TypeCount(name, undefined, byMemory ? 'bytes' : '?'))
    return [{ key, type: types.get(name)! }]
  })
  const measurable = keys.filter(({ type }) => byMemory || type.sizeCommand !== undefined)
  const commands = measurable.map(({ key, type }) => sizeCommand(session, type, key))
  const replies = await askAll(session, commands)
  const sizes = new Map(measurable.map(({ key }, i) => [key, numberOf(replies[i])]))
  for (const { key, type } of keys) {
    const size = sizes.get(key)
    if (size === undefined && sizes.has(key)) {
      const command = byMemory ? 'MEMORY USAGE' : type.sizeCommand
      complain(`Warning:  ${command} on '${binary(key)}' failed (may have changed type)`)
    }
    count(census, type, { key, size: size ?? 0, screen })
  }
}

function sizeCommand(session: Session, type: TypeCount, key: Uint8Array): Argument[] {
  const { mode, memorySamples } = session.settings
  if (mode !== 'memkeys') return [type.sizeCommand!, key]
  const samples = memorySamples === undefined ? [] : ['SAMPLES', String(memorySamples)]
  return ['MEMORY', 'USAGE', key, ...samples]
}

function count(
  census: Census,
  type: TypeCount,
  { key, size, screen }: { key: Uint8Array; size: number; screen: ScanScreen },
): void {
  const { done } = census
  type.count++
  type.total += size
  census.keys++
  census.keyBytes += key.length
  if (size > type.biggest) {
    type.biggest = size
    type.biggestKey = quote(binary(key))
    const name = type.name.padEnd(6)
    screen.log(
      `[${done}%] Biggest ${name} found so far ${type.biggestKey} with ${size} ${type.unit}`,
    )
  }
  if (census.keys % MILLION === 0) screen.log(`[${done}%] Sampled ${census.keys} keys so far`)
}

function hasBiggest(type: TypeCount): boolean {
  return type.biggest > 0
}

function foundLine({ name, biggestKey, biggest, unit }: TypeCount): string {
  return `Biggest ${name.padEnd(9)} found so far ${biggestKey} with ${biggest} ${unit}`
}

function summarise({ types, keys, keyBytes, databaseSize }: Census, interrupted: boolean): void {
  const done = interrupted ? `[${percent(keys, databaseSize)}%] ` : ''
  say('\n-------- summary -------\n')
  say(`${done}Sampled ${keys} keys in the keyspace!`)
  const average = keys === 0 ? 0 : keyBytes / keys
  say(`Total key length in bytes is ${keyBytes} (avg len ${average.toFixed(2)})\n`)
  for (const type of types.values()) {
    if (type.biggestKey === '') continue
    const name = type.name.padStart(6)
    say(`Biggest ${name} found ${type.biggestKey} has ${type.biggest} ${type.unit}`)
  }
  say('')
  for (const type of types.values()) {
    const share = `${percent(type.count, keys)}% of keys`
    const size = type.count === 0 ? 0 : type.total / type.count
    const what = `${type.count} ${type.name}s with ${type.total} ${type.unit}`
    say(`${what} (${share}, avg size ${size.toFixed(2)})`)
  }
}
