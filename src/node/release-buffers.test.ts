// release-buffers.test.ts: memory goes back without waiting for the garbage collector.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { releaseBuffers } from './release-buffers.ts'

const SIZE = 1 << 20

test('frees what it is given, at once or with the next turn, and empties the arrays', async () => {
  releaseBuffers([new ArrayBuffer(SIZE)])
  await sleep(10)
  const before = process.memoryUsage().arrayBuffers
  const arrays = Array.from({ length: 40 }, () => new Uint8Array(SIZE).fill(1))
  assert.ok(process.memoryUsage().arrayBuffers >= before + 40 * SIZE)
  releaseBuffers(arrays.map((array) => array.buffer))
  await sleep(10)
  assert.ok(process.memoryUsage().arrayBuffers < before + SIZE)
  assert.ok(arrays.every((array) => array.length === 0))
})
