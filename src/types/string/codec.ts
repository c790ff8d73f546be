// codec.ts: strings as DUMP and RDB have them.

import { Span } from '../../bytes/memory/span.ts'
import type { LoadTarget } from '../../engine/contract/datatype.ts'
import type { DumpReader, DumpWriter } from '../../engine/contract/dump-ports.ts'
import type { ValueFacts } from '../../engine/contract/value-facts.ts'
import { metaOf } from '../../engine/keyspace/entry.ts'
import type { Database } from '../../engine/keyspace/keyspace.ts'
import { ENCODINGS, STRING_ID, variantOfValue } from './type.ts'

const value = new Span()

export function saveString(db: Database, ref: number, to: DumpWriter): undefined {
  to.writeString(db.value(ref, value))
}

export function loadString(_rdbType: number, from: DumpReader, target: LoadTarget): number {
  from.readString(value)
  const variant = variantOfValue(value, target.key.length, false)
  return target.db.put(target.key, 0, metaOf(STRING_ID, 0, variant) | target.ttl, value)
}

/** Tells how long a string is; see DataType.observe. */
export function observeString(_layout: number, from: DumpReader, facts: ValueFacts): boolean {
  facts.add(from.readString(value))
  facts.encoding = ENCODINGS[variantOfValue(value, facts.keyLength, false)]!
  return true
}
