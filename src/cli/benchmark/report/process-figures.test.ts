// process-figures.test.ts: the figures of this very process.
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { test } from 'node:test'
import { cpuBetween, descendsFrom, residentBytes, sampleCpu } from './process-figures.ts'

const skip = existsSync('/proc/self/stat') ? false : 'no /proc here'

test('processor time grows with work and not with waiting', { skip }, () => {
  const before = sampleCpu(process.pid)!
  const endAt = performance.now() + 100
  while (performance.now() < endAt);
  const used = cpuBetween(before, sampleCpu(process.pid)!)
  assert.ok(used > 0.01 && used < 1, `${used} s`)
})

test('the fine clock is used only while it agrees with the coarse one', () => {
  const at = (coarse: number, fine: number | undefined) => ({ coarse, fine })
  assert.equal(cpuBetween(at(1, 1.001), at(2, 2.004)), 2.004 - 1.001)
  assert.equal(cpuBetween(at(1, 1.001), at(2, 1.5)), 1)
  assert.equal(cpuBetween(at(1, undefined), at(2, 2)), 1)
})

test('memory is close to what Node says', { skip }, () => {
  const { rss } = process.memoryUsage()
  assert.ok(Math.abs(residentBytes(process.pid)! - rss) < rss / 2)
})

test('a process descends from itself and its parent, and a missing one from nobody', {
  skip,
}, () => {
  assert.ok(descendsFrom(process.pid, process.pid))
  assert.ok(descendsFrom(process.pid, process.ppid))
  assert.ok(!descendsFrom(process.ppid, process.pid))
  assert.ok(!descendsFrom(2 ** 30, process.pid))
  assert.equal(sampleCpu(2 ** 30), undefined)
})
