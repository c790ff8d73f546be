// fuzz.test.ts: bad requests leave the server alive, its memory bounded and other clients served.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { assertNone } from '../support/none.ts'
import { redis8, withoutReference } from '../support/references.ts'
import { startReference, startRubellite, type TestServer } from '../support/servers.ts'
import { probe, sameAnswer } from './probe.ts'
import { heavyRequests } from './requests.ts'
import { besiege, residentMemory } from './siege.ts'

const requests = 20_000
const waitMsMax = 2000
const memoryMax = 400 * 2 ** 20

describe('bad requests', () => {
  let ours: TestServer
  let theirs: TestServer | undefined
  before(async () => {
    ours = await startRubellite()
    theirs = redis8 === undefined ? undefined : await startReference()
  })
  after(() => Promise.all([ours?.stop(), theirs?.stop()]))

  test('are answered as the reference answers them', async (t) => {
    if (theirs === undefined) t.diagnostic(withoutReference)
    const survival = await besiege({ ours, theirs, requests, seed: 7, mismatchesMax: 3 })
    assertNone(survival.mismatches)
    assert.ok(survival.waitMsMax < waitMsMax, `a second client waited ${survival.waitMsMax} ms`)
    assert.ok((survival.memory ?? 0) < memoryMax, `${survival.memory} bytes resident`)
  })

  for (const [title, make] of Object.entries(heavyRequests)) {
    test(`are survived: ${title}`, async () => {
      const request = make()
      const answers = await Promise.all(
        [ours, theirs].map((server) => server && probe(server.port, request)),
      )
      const [one, other] = answers
      assert.ok(one !== undefined && one.end !== 'silent')
      if (other !== undefined) assert.ok(sameAnswer(one, other), `${one.bytes}${other.bytes}`)
      const wire = await ours.connect()
      assert.equal((await wire.call('PING')).raw.toString(), '+PONG\r\n')
      assert.ok((residentMemory(ours.pid) ?? 0) < memoryMax)
    })
  }
})
