// run.ts: a long siege by hand.
//   node dist/test/fuzz/run.js --requests 1000000 --seed 1 --mismatches 5
// With `--self` the reference is compared with itself, which must never differ.
import { parseArgs } from 'node:util'
import { redis8, withoutReference } from '../support/references.ts'
import { startReference, startRubellite } from '../support/servers.ts'
import { besiege } from './siege.ts'

const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    mismatches: { type: 'string', default: '1' },
    self: { type: 'boolean', default: false },
  },
})

if (redis8 === undefined) console.log(withoutReference)
const ours = await (values.self ? startReference() : startRubellite())
const theirs = redis8 === undefined ? undefined : await startReference()
const started = Date.now()
const survival = await besiege({
  ours,
  theirs,
  requests: Number(values.requests),
  seed: Number(values.seed),
  mismatchesMax: Number(values.mismatches),
})
await Promise.all([ours.stop(), theirs?.stop()])
for (const mismatch of survival.mismatches) console.log(`${mismatch}\n`)
const seconds = ((Date.now() - started) / 1000).toFixed(1)
const memory = Math.round((survival.memory ?? 0) / 2 ** 20)
console.log(
  `${survival.requests} requests, seed ${values.seed}: ${survival.mismatches.length} mismatches, ` +
    `second client waited ${survival.waitMsMax} ms at most, memory ${memory} MiB, ${seconds} s`,
)
process.exitCode = survival.mismatches.length === 0 ? 0 : 1
