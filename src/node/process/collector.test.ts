// collector.test.ts: memory goes back although nothing is allocated any more.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { nudgeCollector } from './collector.ts'

const MIB = 1 << 20

test('buffers that nobody uses are collected', async () => {
  const fill = () => Array.from({ length: 200 }, () => new Uint8Array(MIB).fill(1)).length
  assert.equal(fill(), 200)
  const before = process.memoryUsage().arrayBuffers
  while (!nudgeCollector()) await sleep(50)
  for (let i = 0; i < 200 && process.memoryUsage().arrayBuffers > before - 100 * MIB; i++) {
    await sleep(50)
  }
  assert.ok(process.memoryUsage().arrayBuffers <= before - 100 * MIB || before < 100 * MIB)
})

test('the collector is left alone for a while', async () => {
  while (!nudgeCollector()) await sleep(50)
  assert.equal(nudgeCollector(), false)
})
