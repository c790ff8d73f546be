// run.ts: a long differential run by hand.
//   node dist/test/differential/run.js --commands 500000 --seed 1 --resp 3 --mismatches 5
// With `--self` the reference plays both sides, which must never differ.
import { parseArgs } from 'node:util'
import { redis8, withoutReference } from '../support/references.ts'
import { startReference, startRubellite } from '../support/servers.ts'
import { compare } from './campaign.ts'

const { values } = parseArgs({
  options: {
    commands: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    resp: { type: 'string', default: '2' },
    mismatches: { type: 'string', default: '1' },
    self: { type: 'boolean', default: false },
  },
})

if (redis8 === undefined) {
  console.log(withoutReference)
} else {
  const [ours, theirs] = await Promise.all([
    values.self ? startReference() : startRubellite(),
    startReference(),
  ])
  const started = Date.now()
  const outcome = await compare({
    ours,
    theirs,
    protocol: values.resp === '3' ? 3 : 2,
    commands: Number(values.commands),
    seed: Number(values.seed),
    mismatchesMax: Number(values.mismatches),
  })
  await Promise.all([ours.stop(), theirs.stop()])
  for (const mismatch of outcome.mismatches) console.log(`${mismatch}\n`)
  const seconds = ((Date.now() - started) / 1000).toFixed(1)
  console.log(
    `${outcome.commands} commands, RESP${values.resp}, seed ${values.seed}: ` +
      `${outcome.mismatches.length} mismatches in ${seconds} s`,
  )
  process.exitCode = outcome.mismatches.length === 0 ? 0 : 1
}
