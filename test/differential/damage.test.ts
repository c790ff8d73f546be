// damage.test.ts: damaged payloads are refused as redis-server 8.2.3 refuses them, or taken as the
// same value.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { redis8, withoutReference } from '../support/references.ts'
import { Seed } from '../support/seed.ts'
import { startReference } from '../support/servers.ts'
import { damaged, mangled, openDatabase, ourVerdict, payloads, theirVerdicts } from './damage.ts'
import { lowLimits } from './small-values.ts'

const refusal = 'ERR Bad data format'

describe('a damaged payload', () => {
  test('is refused, or taken as a consistent value', async () => {
    await using db = await openDatabase()
    const seed = new Seed(21)
    for (const [name, payload] of await payloads()) {
      assert.doesNotMatch(ourVerdict(db, Buffer.from(payload)), /^ERR/, name)
      for (const bytes of damaged(payload, seed)) ourVerdict(db, bytes)
      for (const bytes of mangled(payload, seed, 300)) ourVerdict(db, bytes)
      db.call('FLUSHALL')
    }
  })

  const skip = redis8 === undefined && withoutReference
  test('gets the verdict of the reference', { skip }, async () => {
    const limits = Object.entries(lowLimits).flatMap(([name, value]) => [`--${name}`, value])
    const directives = [
      '--enable-debug-command',
      'yes',
      '--sanitize-dump-payload',
      'yes',
      ...limits,
    ]
    await using server = await startReference(directives)
    await using db = await openDatabase()
    const wire = await server.connect()
    // A length of four billion makes it clear a table of 32 GiB first: ten seconds, or more.
    wire.patienceMs = 120_000
    const seed = new Seed(22)
    for (const [name, payload] of await payloads()) {
      const list = [payload, ...damaged(payload, seed), ...mangled(payload, seed, 200)]
      const theirs = await theirVerdicts(wire, list)
      for (const [i, bytes] of list.entries()) {
        const ours = ourVerdict(db, bytes)
        // The reference takes streams whose parts contradict each other: we do not.
        if (theirs[i]?.startsWith('stream') && ours === refusal) continue
        assert.equal(ours, theirs[i], `${name}: ${bytes.toString('hex')}`)
      }
    }
    wire.close()
  })
})
