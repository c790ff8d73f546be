// none.ts: a test that lists what it found, which should be nothing.
import assert from 'node:assert/strict'

/** Fails with one line (or paragraph) for each thing found. */
export function assertNone(found: readonly string[]): void {
  if (found.length > 0) assert.fail(`${found.length} found:\n${found.join('\n')}`)
}
