// effects.test.ts: what those who follow are told of commands for places: the scores, so that they
// need not round as we do.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Stage } from '#test/support/stage.js'

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
    const stage = new Stage()
    stage.hearEffects()
    for (const [request, expected] of cases) {
      stage.send(request)
      assert.equal(stage.takeEffects().join(' | '), expected, request)
    }
  })
})
