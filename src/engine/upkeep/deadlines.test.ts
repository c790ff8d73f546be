// deadlines.test.ts: what is due happens in order, and what was cancelled takes no room.

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Deadline, Deadlines } from './deadlines.ts'

describe('Deadlines', () => {
  it('runs what is due in the order of its time, and what it sets while it runs', () => {
    const deadlines = new Deadlines()
    const ran: number[] = []
    for (const at of [5, 1, 9, 3, 7]) deadlines.add(at, () => ran.push(at))
    deadlines.add(4, () => deadlines.add(6, () => ran.push(6)))
    deadlines.runDue(7)
    assert.deepEqual(ran, [1, 3, 5, 6, 7])
    assert.equal(deadlines.next, 9)
  })

  it('forgets what was cancelled long before its time', () => {
    const deadlines = new Deadlines()
    const kept: Deadline[] = []
    const ran: number[] = []
    for (let i = 0; i < 10_000; i++) {
      const deadline = deadlines.add(1_000_000 + (i % 7), () => ran.push(i))
      if (i % 1000 === 0) kept.push(deadline)
      else deadlines.cancel(deadline)
    }
    assert.ok(deadlines.size < 200, `${deadlines.size} left`)
    deadlines.cancel(kept.pop()!)
    deadlines.runDue(2_000_000)
    assert.deepEqual(ran, [0, 7000, 6000, 5000, 4000, 3000, 2000, 1000, 8000])
    assert.equal(deadlines.next, Number.POSITIVE_INFINITY)
  })
})
