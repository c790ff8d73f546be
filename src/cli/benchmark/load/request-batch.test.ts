// request-batch.test.ts: the bytes that are sent, and the numbers that change in them.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Random } from './random.ts'
import { RequestBatch } from './request-batch.ts'

const get = ['GET', 'key:__rand_int__']
const text = (batch: RequestBatch) => batch.bytes.toString()

test('a pipeline is the request so many times', () => {
  assert.equal(text(new RequestBatch({ inline: 'PING' }, 2, 0)), 'PING\r\nPING\r\n')
  const one = '*2\r\n$3\r\nGET\r\n$16\r\nkey:__rand_int__\r\n'
  assert.equal(text(new RequestBatch(get, 3, 0)), one.repeat(3))
})

test('numbers count up with leading zeros', () => {
  const batch = new RequestBatch(get, 2, 1000)
  assert.equal(batch.enumerate(98), 100)
  assert.match(text(batch), /key:000000000098\r\n.*key:000000000099\r\n$/s)
})

test('random numbers stay below the keyspace and differ', () => {
  const random = new Random(5)
  const batch = new RequestBatch(get, 50, 100_000)
  batch.randomize(random, 100_000)
  const numbers = [...text(batch).matchAll(/key:(\d{12})/g)].map((match) => Number(match[1]))
  assert.equal(numbers.length, 50)
  assert.ok(numbers.every((number) => number < 100_000))
  assert.ok(new Set(numbers).size > 40)
})

test('the same seed draws the same numbers, evenly', () => {
  const draw = (seed: number) => {
    const random = new Random(seed)
    return Array.from({ length: 10_000 }, () => random.below(10))
  }
  assert.deepEqual(draw(7), draw(7))
  assert.notDeepEqual(draw(7), draw(8))
  for (let digit = 0; digit < 10; digit++) {
    const share = draw(7).filter((drawn) => drawn === digit).length
    assert.ok(share > 800 && share < 1200, `${digit} was drawn ${share} times`)
  }
})
