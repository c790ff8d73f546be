// clock.ts: the running clock. Wall time advances with the monotonic clock, so that it has
// microseconds, and follows the system's clock when that is set.

import { closeSync, openSync, readSync } from 'node:fs'
import type { Clock, Entropy } from '../../engine/contract/ports.ts'

const DRIFT_MAX = 2

export class SystemClock implements Clock {
  private offset = performance.timeOrigin

  now(): number {
    const derived = this.offset + performance.now()
    const actual = Date.now()
    if (Math.abs(derived - actual) <= DRIFT_MAX) return derived
    this.offset += actual - derived
    return actual
  }

  micros(): number {
    return performance.now() * 1000
  }

  sleep(ms: number): void {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)
  }
}

export const systemEntropy: Entropy = {
  fill(bytes) {
    if (!fillFromDevice(bytes)) crypto.getRandomValues(bytes)
  },
}

/** The system's own generator: loading Node's `crypto` would be a twentieth of a start. */
function fillFromDevice(bytes: Uint8Array): boolean {
  try {
    const descriptor = openSync('/dev/urandom', 'r')
    try {
      return readSync(descriptor, bytes) === bytes.length
    } finally {
      closeSync(descriptor)
    }
  } catch {
    return false
  }
}
