// run.ts: a long differential run by hand.
//   node dist/test/differential/run.js --commands 500000 --seed 1 --resp 3 --mismatches 5
// With `--self` the reference plays both sides, which must never differ.
// With `--only L*,RPUSH,DEL` only those commands are tried.
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
    only: { type: 'string', default: '' },
    round: { type: 'string', default: '500' },
    help: { type: 'boolean', default: false },
  },
})
const debug = ['--enable-debug-command', 'yes']

if (values.help) {
  console.log(`Usage: node dist/test/differential/run.js [options]
  --commands N     commands to compare (100000)
  --seed N         what they follow from (1); another one gives others
  --resp 2|3       the protocol (2)
  --mismatches N   how many are looked for (1)
  --round N        commands from one empty state to the next (500)
  --only A,B,Z*    the commands to try, * for any end (all that both servers have)
  --self           the reference plays both sides`)
} else if (redis8 === undefined) {
  console.log(withoutReference)
} else {
  const [ours, theirs] = await Promise.all([
    values.self ? startReference(debug) : startRubellite(debug),
    startReference(debug),
  ])
  const started = Date.now()
  const outcome = await compare({
    ours,
    theirs,
    protocol: values.resp === '3' ? 3 : 2,
    commands: Number(values.commands),
    seed: Number(values.seed),
    mismatchesMax: Number(values.mismatches),
    round: Number(values.round),
    only: values.only.split(',').filter((name) => name !== ''),
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
