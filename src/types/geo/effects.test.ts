// effects.test.ts: what those who follow are told of commands for places: the scores, so that they
// need not round as we do.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Output } from '../../bytes/output.ts'
import { core } from '../../core.ts'
import { EffectList } from '../../engine/effects.model.ts'
import { Engine } from '../../engine/engine.ts'

const cases: [request: string, effects: string][] = [
  [
    'GEOADD g 13.361389 38.115556 Palermo 15 37 b',
    'ZADD g 3479099956230698 Palermo 3476504601741708 b',
  ],
  [
    'GEOADD g nx CH 13.361389 38.115556 Palermo 15 37 c',
    'ZADD g nx CH 3479099956230698 Palermo 3476504601741708 c',
  ],
  ['GEOADD g XX 1 1 none', ''],
  ['GEOADD g 13.361389 38.115556 Palermo', ''],
  ['GEOADD g 180 85.05112878 corner', 'ZADD g 13510798882111488 corner'],
  ['GEOADD g 181 0 beyond', ''],
  ['GEORADIUS g 15 37 100 km', ''],
  ['GEORADIUS g 15 37 100 km STORE k', 'GEORADIUS g 15 37 100 km STORE k'],
  ['GEOSEARCH g FROMLONLAT 15 37 BYRADIUS 1 km', ''],
  [
    'GEOSEARCHSTORE k g FROMLONLAT 99 37 BYRADIUS 1 m',
    'GEOSEARCHSTORE k g FROMLONLAT 99 37 BYRADIUS 1 m',
  ],
  ['GEOSEARCHSTORE k g FROMLONLAT 99 37 BYRADIUS 1 m', ''],
]

describe('the effects of commands for places', () => {
  it('name scores instead of coordinates', () => {
    const engine = new Engine({
      modules: core,
      clock: { now: () => 1_000_000, micros: () => 0, sleep: () => {} },
      entropy: { fill: () => {} },
      poison: true,
    })
    const session = engine.open({
      pending: 0,
      address: '',
      localAddress: '',
      descriptor: -1,
      send: (output: Output) => {
        output.take()
        output.renew()
      },
      close: () => {},
    })
    const effects = new EffectList(engine.effects)
    for (const [request, expected] of cases) {
      session.receive(Buffer.from(`${request}\r\n`))
      session.flush()
      assert.equal(effects.lines.join(' | '), expected, request)
      effects.clear()
    }
  })
})
