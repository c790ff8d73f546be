// embedded-process.ts: calls the embedded engine as fast as it can; the process of embedded.ts.
//
// Arguments: the URL of the package's entry, the number of rounds, the seconds of each.

const KEYS = 10_000
/** Calls between two looks at the clock. */
const STRIDE = 1000

/** Calls per second in each round. */
export interface EmbeddedRates {
  get: number[]
  set: number[]
  /** SET of keys that do not exist, without and with EX. */
  endless: number[]
  expiring: number[]
  /** RESTORE of hashes and of sorted sets, both of ten elements. */
  hash: number[]
  restore: number[]
  /** SET of keys that exist, without and with a consumer of the log of effects. */
  unheard: number[]
  effects: number[]
}

/** The part of the embedding interface that is measured, and what an append-only file will use. */
interface EmbeddedDatabase {
  call(...argv: (string | Uint8Array)[]): unknown
  callBytes(...argv: string[]): unknown
  readonly engine: { readonly effects: { open(target: number): { take(visit: () => void): void } } }
}

interface EmbeddedPackage {
  Rubellite: { open(): Promise<EmbeddedDatabase> }
}

const [, , url = '', rounds = '', seconds = ''] = process.argv
const { Rubellite } = (await import(url)) as EmbeddedPackage
const database = await Rubellite.open()
const keys = Array.from({ length: KEYS }, (_, number) => `key:${number}`)
const rates: EmbeddedRates = {
  get: [],
  set: [],
  endless: [],
  expiring: [],
  hash: [],
  restore: [],
  unheard: [],
  effects: [],
}
for (let round = 0; round < Number(rounds); round++) {
  rates.set.push(rate((key) => database.call('SET', key, 'some value')))
  rates.get.push(rate((key) => database.call('GET', key)))
}
// A rate of wrong answers would be no rate.
if (database.call('GET', 'key:1') !== 'some value') throw new Error('GET did not find its key')
const set = (key: string): unknown => database.call('SET', key, 'some value')
const create = emptied(set)
const createExpiring = emptied((key) => database.call('SET', key, 'some value', 'EX', '100'))
const elements = Array.from({ length: 10 }, (_, number) => [`${number}`, `element:${number}`])
const [hash, sortedSet] = [dumpOf('HSET'), dumpOf('ZADD')]
// One round that does not count: that is how long a just-in-time compiler learns.
compare([[], create], [[], createExpiring])
compare([[], restoring(hash)], [[], restoring(sortedSet)])
compare([[], each(set)], [[], await heard()])
for (let round = 0; round < Number(rounds); round++) {
  compare([rates.endless, create], [rates.expiring, createExpiring])
  compare([rates.hash, restoring(hash)], [rates.restore, restoring(sortedSet)])
}
const setHeard = await heard()
for (let round = 0; round < Number(rounds); round++) {
  compare([rates.unheard, each(set)], [rates.effects, setHeard])
}
process.send?.(rates, () => process.exit(0))

/** Does something with each key; returns the milliseconds it took. */
type Batch = () => number

/** The two take turns in batches, so that both see the same of a noisy machine. */
function compare(...pair: readonly [[number[], Batch], [number[], Batch]]): void {
  const endAt = performance.now() + Number(seconds) * 1000
  const took = [0, 0]
  let batches = 0
  for (; performance.now() < endAt; batches++) {
    pair.forEach(([, batch], i) => {
      took[i]! += batch()
    })
  }
  pair.forEach(([rates], i) => {
    rates.push(((batches * KEYS) / took[i]!) * 1000)
  })
}

/** The payload of a value that the command makes of ten elements. */
function dumpOf(command: 'HSET' | 'ZADD'): Uint8Array {
  database.call('DEL', 'dumped')
  database.call(command, 'dumped', ...elements.flat())
  return database.callBytes('DUMP', 'dumped') as Uint8Array
}

function restoring(payload: Uint8Array): Batch {
  return emptied((key) => database.call('RESTORE', key, '0', payload))
}

/** The same in a database of its own, whose effects are taken as they come. */
async function heard(): Promise<Batch> {
  const other = await Rubellite.open()
  const cursor = other.engine.effects.open(1)
  const batch = each((key) => other.call('SET', key, 'some value'))
  return () => {
    const took = batch()
    const startedAt = performance.now()
    cursor.take(() => {})
    return took + performance.now() - startedAt
  }
}

/** Creates all keys in an empty database. */
function emptied(create: (key: string) => unknown): Batch {
  const batch = each(create)
  return () => {
    database.call('FLUSHALL')
    return batch()
  }
}

function each(call: (key: string) => unknown): Batch {
  return () => {
    const startedAt = performance.now()
    for (const key of keys) call(key)
    return performance.now() - startedAt
  }
}

function rate(call: (key: string) => unknown): number {
  const startedAt = performance.now()
  const endAt = startedAt + Number(seconds) * 1000
  let calls = 0
  while (performance.now() < endAt) {
    for (let at = 0; at < STRIDE; at++) call(keys[(calls + at) % KEYS]!)
    calls += STRIDE
  }
  return (calls / (performance.now() - startedAt)) * 1000
}
