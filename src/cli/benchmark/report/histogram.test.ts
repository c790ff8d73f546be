// histogram.test.ts: the histogram against a plain sorted list.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Random } from '../load/random.ts'
import { Histogram } from './histogram.ts'

test('percentiles agree with a sorted list to within the significant digits', () => {
  const random = new Random(1)
  for (const digits of [1, 2, 3, 4]) {
    const histogram = new Histogram(digits)
    const values: number[] = []
    for (let count = 0; count < 5000; count++) {
      const value = random.below(2 ** (1 + random.below(25)))
      values.push(value)
      histogram.record(value)
    }
    values.sort((a, b) => a - b)
    for (const percent of [0, 1, 25, 50, 90, 99, 99.9, 100]) {
      const exact = values[Math.max(0, Math.ceil((percent / 100) * values.length) - 1)]!
      const found = histogram.percentile(percent)
      assert.ok(found >= exact, `${percent} %: ${found} is below ${exact}`)
      assert.ok(found - exact <= exact / 10 ** digits, `${percent} %: ${found} is not ${exact}`)
    }
  }
})

test('minimum, maximum and mean are exact', () => {
  const histogram = new Histogram()
  for (const value of [7, 1_000_003, 90]) histogram.record(value)
  assert.equal(histogram.min, 7)
  assert.equal(histogram.max, 1_000_003)
  assert.equal(histogram.mean, 1_000_100 / 3)
})

test('values above a minute are counted as a minute', () => {
  const histogram = new Histogram()
  histogram.record(1e12)
  assert.equal(histogram.max, 60_000_000)
})

test('an empty histogram reports nothing', () => {
  const histogram = new Histogram()
  assert.deepEqual(histogram.percentileSteps(), [])
  assert.deepEqual(histogram.linearSteps(), [])
  assert.equal(histogram.min, 0)
  assert.ok(Number.isNaN(histogram.mean))
})

test('merged halves report what the whole does', () => {
  const [whole, one, other] = [new Histogram(), new Histogram(), new Histogram()]
  for (let value = 1; value <= 3000; value++) {
    whole.record(value, 2)
    const half = value % 2 === 0 ? one : other
    half.record(value, 2)
  }
  one.merge(other.snapshot())
  assert.deepEqual(one.snapshot(), whole.snapshot())
})

test('percentile steps halve the distance to 100 and end with all values', () => {
  const histogram = new Histogram()
  for (let value = 1; value <= 1000; value++) histogram.record(value)
  const steps = histogram.percentileSteps()
  assert.deepEqual(
    steps.slice(0, 4).map(({ share }) => share),
    [0, 50, 75, 87.5],
  )
  assert.deepEqual(steps[1], { share: 50, value: 500, cumulative: 500 })
  assert.deepEqual(steps.at(-1), { share: 100, value: 1000, cumulative: 1000 })
})

test('linear steps show each hundred microseconds where something changed', () => {
  const histogram = new Histogram()
  for (const value of [50, 120, 450, 3500]) histogram.record(value)
  assert.deepEqual(histogram.linearSteps(), [
    { share: 25, value: 100, cumulative: 1 },
    { share: 50, value: 200, cumulative: 2 },
    { share: 75, value: 500, cumulative: 3 },
    { share: 100, value: 4000, cumulative: 4 },
  ])
})
