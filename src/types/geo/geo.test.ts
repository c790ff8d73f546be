// geo.test.ts: cells, distances and shapes against slow arithmetic.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Output } from '../../bytes/wire/output.ts'
import { Reply } from '../../bytes/wire/reply.ts'
import { geohashOf, LATITUDE_MAX, Place, placeOf, scoreOf } from './cell.ts'
import { Cover } from './cover.ts'
import { distanceBetween } from './earth.ts'
import { fixedText, replyDistance } from './fixed-text.ts'
import { Shape } from './shape.ts'

function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

/** The score of a place, cut by cut. */
function naiveScore(longitude: number, latitude: number): number {
  let score = 0n
  let [west, east, south, north] = [-180, 180, -LATITUDE_MAX, LATITUDE_MAX]
  for (let i = 0; i < 26; i++) {
    const meridian = (west + east) / 2
    const parallel = (south + north) / 2
    score = score * 4n + (longitude >= meridian ? 2n : 0n) + (latitude >= parallel ? 1n : 0n)
    if (longitude >= meridian) west = meridian
    else east = meridian
    if (latitude >= parallel) south = parallel
    else north = parallel
  }
  return Number(score)
}

function place(longitude: number, latitude: number): Place {
  return Object.assign(new Place(), { longitude, latitude })
}

describe('cells', () => {
  it('are numbered cut by cut', () => {
    const next = random(1)
    let same = 0
    for (let i = 0; i < 20_000; i++) {
      const longitude = next() * 360 - 180
      const latitude = (next() * 2 - 1) * LATITUDE_MAX
      const score = scoreOf(longitude, latitude)
      const { longitude: lon, latitude: lat } = placeOf(score, new Place())
      assert.ok(Math.abs(lon - longitude) < 6e-6 && Math.abs(lat - latitude) < 3e-6)
      assert.equal(scoreOf(lon, lat), score)
      if (score === naiveScore(longitude, latitude)) same++
    }
    // A division rounds otherwise than twenty-six halvings, next to a border.
    assert.ok(same > 19_990)
  })

  it('take any score as 64 bits', () => {
    const found = (score: number) => {
      const { longitude, latitude } = placeOf(score, new Place())
      return [longitude, latitude]
    }
    assert.deepEqual(found(0.9), found(0))
    assert.deepEqual(found(2 ** 64), found(0))
    assert.deepEqual(found(Infinity), found(0))
    assert.deepEqual(found(-Infinity), found(2 ** 63))
    assert.deepEqual(found(2 ** 63), [180, -85.05112751263943])
    for (const score of [-1, 2 ** 53, 1e300, -1e300]) {
      const [longitude, latitude] = found(score)
      assert.ok(Math.abs(longitude!) <= 180 && Math.abs(latitude!) <= LATITUDE_MAX)
    }
  })

  it('have a geohash that other programs read', () => {
    assert.equal(geohashOf(place(13.361389, 38.115556)), 'sqc8b49rny0')
    assert.equal(geohashOf(place(-5.6, 42.6)), 'ezs42e44yx0')
  })
})

describe('distances', () => {
  it('are those of the reference', () => {
    const distance = distanceBetween(
      13.361389338970184,
      38.1155563954963,
      15.087267458438873,
      37.50266842333162,
    )
    assert.equal(distance, 166274.15156960033)
    assert.equal(distanceBetween(1, 10, 1, 10), 0)
    assert.equal(distanceBetween(7, 10, 7, 11), 111226.30000000088)
  })

  it('have four decimals, rounded to even', () => {
    const output = new Output()
    const reply = new Reply(output)
    const text = (n: number) => {
      const from = output.at
      replyDistance(reply, n)
      return Buffer.from(output.bytes.subarray(from, output.at)).toString().split('\r\n')[1]
    }
    assert.equal(text(0), '0.0000')
    assert.equal(text(0.00005), '0.0000')
    assert.equal(text(0.00025), '0.0002')
    assert.equal(text(0.00035), '0.0004')
    assert.equal(text(12.3456789), '12.3457')
    assert.equal(text(166274.0001), '166274.0001')
    assert.equal(text(Number.NaN), '-922337203685477.5808')
  })
})

describe('numbers in errors', () => {
  it('are printed as C prints them', () => {
    assert.equal(fixedText(200), '200.000000')
    assert.equal(fixedText(-90.1234565), '-90.123457')
    assert.equal(fixedText(200.0078125), '200.007812')
    assert.equal(fixedText(200.0234375), '200.023438')
    assert.equal(fixedText(1e22), '10000000000000000000000.000000')
    assert.equal(fixedText(1e23), '99999999999999991611392.000000')
    assert.equal(fixedText(-Infinity), '-inf')
    assert.equal(fixedText(Infinity), 'inf')
  })
})

describe('a cover', () => {
  it('has every place of its shape in one of its cells', () => {
    const next = random(2)
    for (let round = 0; round < 300; round++) {
      const shape = new Shape()
      shape.center.longitude = next() * 300 - 150
      shape.center.latitude = next() * 120 - 60
      shape.isBox = round % 2 === 0
      shape.radius = 10 ** (next() * 5.5)
      shape.width = shape.radius * next()
      shape.height = shape.radius * next()
      shape.prepare()
      const cover = new Cover()
      cover.fit(shape)
      const degrees = shape.radius / 50_000
      for (let i = 0; i < 100; i++) {
        const longitude = shape.center.longitude + (next() - 0.5) * degrees
        const latitude = shape.center.latitude + (next() - 0.5) * degrees
        if (Math.abs(longitude) > 180 || Math.abs(latitude) > 85) continue
        const score = scoreOf(longitude, latitude)
        if (!shape.contains(placeOf(score, new Place()))) continue
        const inside = (_: number, n: number) => cover.first[n]! <= score && score < cover.end[n]!
        assert.ok(Array.from({ length: cover.count }, inside).some(Boolean))
      }
    }
  })

  it('tells inside from outside as exact distances do', () => {
    const next = random(3)
    for (let round = 0; round < 2000; round++) {
      const shape = new Shape()
      shape.center.longitude = next() * 360 - 180
      shape.center.latitude = next() * 170 - 85
      const other = place(next() * 360 - 180, next() * 170 - 85)
      const distance = shape.distance(other)
      // The very distance, the next smaller number, and the next larger one.
      for (const [factor, inside] of [
        [1, true],
        [1 - 2 ** -52, false],
        [1 + 2 ** -51, true],
      ] as const) {
        shape.radius = distance * factor
        shape.prepare()
        assert.equal(shape.contains(other), inside)
      }
    }
  })
})
