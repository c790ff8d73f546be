// save-steps.ts: how a value is written: a small one at once, a large one in steps, so that whoever
// writes a data set beside its work can pause in the middle of a list of a gigabyte.

import type { Database } from '../keyspace/keyspace.ts'
import type { DataType } from './datatype.ts'
import type { DumpWriter } from './dump-ports.ts'

/**
 * What writes a large value, a step at each `next`. The value must not change meanwhile, but others
 * may, and it may be read.
 */
export type SaveSteps = Generator<void, void>

/** Writes a value from its begin to its end. */
export function saveWhole(
  type: DataType<unknown>,
  db: Database,
  ref: number,
  to: DumpWriter,
): void {
  const steps = type.save(db, ref, to)
  if (steps === undefined) return
  while (steps.next().done !== true) {}
}
