// facts.ts: what there is to know of the entries of an engine in this process.
import type { Span } from '#src/bytes/memory/span.js'
import { Digest } from '#src/engine/contract/digest.js'
import { saveWhole } from '#src/engine/contract/save-steps.js'
import type { Database } from '#src/engine/keyspace/keyspace.js'
import { RdbWriter } from '#src/formats/rdb/writer.js'
import type { Scene } from './scene.ts'

export function nameOf({ bytes, start, end }: Span): string {
  return Buffer.from(bytes.subarray(start, end)).toString('latin1')
}

/** The value as DUMP has it, and when it expires. */
export function dumpOf({ engine }: Scene, db: Database, ref: number): string {
  const writer = new RdbWriter()
  const type = engine.types.of(db, ref)
  const layout = type.rdbType(db, ref, writer.version)
  saveWhole(type, db, ref, writer)
  const bytes = Buffer.from(writer.bytes.subarray(0, writer.length))
  return `${layout} ${db.exactExpireAt(ref)} ${bytes.toString('latin1')}`
}

/** The same as DEBUG DIGEST has it: whatever form the value has. */
export function digestOf({ engine }: Scene, db: Database, ref: number): string {
  const digest = new Digest()
  engine.types.of(db, ref).digest(db, ref, digest)
  return `${db.type(ref)} ${db.exactExpireAt(ref)} ${digest}`
}
