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
}

/** The part of the embedding interface that is measured. */
interface EmbeddedDatabase {
  call(...argv: string[]): unknown
}

interface EmbeddedPackage {
  Rubellite: { open(): Promise<EmbeddedDatabase> }
}

const [, , url = '', rounds = '', seconds = ''] = process.argv
const { Rubellite } = (await import(url)) as EmbeddedPackage
const database = await Rubellite.open()
const keys = Array.from({ length: KEYS }, (_, number) => `key:${number}`)
const rates: EmbeddedRates = { get: [], set: [], endless: [], expiring: [] }
for (let round = 0; round < Number(rounds); round++) {
  rates.set.push(rate((key) => database.call('SET', key, 'some value')))
  rates.get.push(rate((key) => database.call('GET', key)))
}
// A rate of wrong answers would be no rate.
if (database.call('GET', 'key:1') !== 'some value') throw new Error('GET did not find its key')
for (let round = 0; round < Number(rounds); round++) compareNew()
process.send?.(rates, () => process.exit(0))

/** The two take turns in batches, so that both see the same of a noisy machine. */
function compareNew(): void {
  const endAt = performance.now() + Number(seconds) * 1000
  let batches = 0
  let endless = 0
  let expiring = 0
  for (; performance.now() < endAt; batches++) {
    endless += millisecondsOf((key) => database.call('SET', key, 'some value'))
    expiring += millisecondsOf((key) => database.call('SET', key, 'some value', 'EX', '100'))
  }
  rates.endless.push(((batches * KEYS) / endless) * 1000)
  rates.expiring.push(((batches * KEYS) / expiring) * 1000)
}

/** How long it takes to create all keys. */
function millisecondsOf(create: (key: string) => unknown): number {
  database.call('FLUSHALL')
  const startedAt = performance.now()
  for (const key of keys) create(key)
  return performance.now() - startedAt
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
