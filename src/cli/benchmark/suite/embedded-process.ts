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
const rates: EmbeddedRates = { get: [], set: [] }
for (let round = 0; round < Number(rounds); round++) {
  rates.set.push(rate((key) => database.call('SET', key, 'some value')))
  rates.get.push(rate((key) => database.call('GET', key)))
}
// A rate of wrong answers would be no rate.
if (database.call('GET', 'key:1') !== 'some value') throw new Error('GET did not find its key')
process.send?.(rates, () => process.exit(0))

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
