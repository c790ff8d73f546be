// open-options.test.ts: mistakes in options are named where they are made.

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { createRubellite } from '../../testing.ts'
import { type ListenOptions, Rubellite, type RubelliteOptions } from './rubellite.ts'

const wrong: [options: Record<string, unknown>, message: RegExp][] = [
  [{ databases: 0 }, /^option 'databases' must be an integer from 1 to 2147483647, not 0$/],
  [{ databases: 1.5 }, /^option 'databases' must be an integer .* not 1.5$/],
  [{ databases: '4' }, /^option 'databases' .* not '4'$/],
  [{ seed: 'abc' }, /^option 'seed' must be an integer, not 'abc'$/],
  [{ seed: 0.5 }, /^option 'seed' must be an integer, not 0.5$/],
  [{ replies: 'buffer' }, /^option 'replies' must be 'text' or 'bytes', not 'buffer'$/],
  [{ clock: 'fake' }, /^option 'clock' must be 'system' or 'manual', not 'fake'$/],
  [{ now: 'today' }, /^option 'now' must be a date or milliseconds since 1970, not 'today'$/],
  [{ now: Number.NaN }, /^option 'now' .* not NaN$/],
  [{ now: new Date(Number.NaN) }, /^option 'now' .* not an invalid date$/],
  [{ config: { maxmemory: 100 } }, /^option 'config': directive 'maxmemory' .* write '100'$/],
  [{ config: { hz: null } }, /^option 'config': directive 'hz' must be text, not null$/],
  [{ config: 'hz 10' }, /^option 'config' must be an object of directives, not 'hz 10'$/],
  [{ modules: {} }, /^option 'modules' must be an array of modules, not an object$/],
  [{ modules: [{}] }, /^option 'modules', element 0: .* not made by 'defineModule'$/],
  [{ database: 4 }, /^unknown option 'database': did you mean 'databases'\?$/],
  [{ Seed: 4 }, /^unknown option 'Seed': did you mean 'seed'\?$/],
  [{ persistent: true }, /^unknown option 'persistent': there are clock, seed, now, /],
  [{ foo: 1 }, /^unknown option 'foo': there are clock, /],
  [{ toString: 1 }, /^unknown option 'toString': /],
]

describe('options that are wrong are named', () => {
  for (const [options, message] of wrong) {
    test(`${Object.keys(options)[0]}: ${message.source}`, async () => {
      await assert.rejects(Rubellite.open(options as RubelliteOptions), { message })
      await assert.rejects(createRubellite(options as RubelliteOptions), { message })
    })
  }

  test('options that are no object', async () => {
    for (const options of [null, 5, 'x']) {
      await assert.rejects(Rubellite.open(options as unknown as RubelliteOptions), /must be an obj/)
    }
  })

  test('where it listens', async () => {
    await using db = await Rubellite.open()
    const mistakes: [Record<string, unknown>, RegExp][] = [
      [{ port: -1 }, /^option 'port' must be an integer from 0 to 65535, not -1$/],
      [{ port: '80' }, /^option 'port' .* not '80'$/],
      [{ host: 5 }, /^option 'host' must be text, not 5$/],
      [{ path: '' }, /^option 'path' must be text, not ''$/],
      [{ keepAlive: 1 }, /^option 'keepAlive' must be true or false, not 1$/],
      [{ prot: 1 }, /^unknown option 'prot': did you mean 'port'\?$/],
    ]
    for (const [options, message] of mistakes) {
      await assert.rejects(db.listen(options as ListenOptions), { message })
    }
  })
})

test('options that are right or undefined are taken', async () => {
  const options = { databases: undefined, now: new Date(0), clock: 'manual', modules: [] }
  await using db = await Rubellite.open(options as unknown as RubelliteOptions)
  assert.equal(db.clock.now, 0)
  await using other = await Rubellite.open({ databases: 1, seed: -7, replies: 'bytes', config: {} })
  assert.throws(() => other.call('SELECT', 1), /out of range/)
})
