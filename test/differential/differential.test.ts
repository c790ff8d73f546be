// differential.test.ts: generated commands answer as redis-server 8.2.3 does.
import { after, before, describe, test } from 'node:test'
import { assertNone } from '../support/none.ts'
import { redis8, withoutReference } from '../support/references.ts'
import { startReference, startRubellite, type TestServer } from '../support/servers.ts'
import { compare } from './campaign.ts'

const debug = ['--enable-debug-command', 'yes']
const commands = 10_000
const seeds = [1, 2]

describe('generated commands', { skip: redis8 === undefined ? withoutReference : false }, () => {
  let ours: TestServer
  let theirs: TestServer
  before(async () => {
    ;[ours, theirs] = await Promise.all([startRubellite(debug), startReference(debug)])
  })
  after(() => Promise.all([ours?.stop(), theirs?.stop()]))

  for (const seed of seeds) {
    for (const protocol of [2, 3] as const) {
      test(`are answered alike in RESP${protocol}, seed ${seed}`, async () => {
        const outcome = await compare({ ours, theirs, protocol, commands, seed, mismatchesMax: 3 })
        assertNone(outcome.mismatches)
      })
    }
  }
})
