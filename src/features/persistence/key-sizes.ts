// key-sizes.ts: what is in an RDB file, key by key, without building any of it: a file of any size
// is read in the memory of its longest string.

import type { Span } from '../../bytes/memory/span.ts'
import type { Limits } from '../../engine/contract/limits.ts'
import { ValueFacts } from '../../engine/contract/value-facts.ts'
import type { TypeTable } from '../../engine/dispatch/type-table.ts'
import { type KeyFacts, RdbFileReader, type RdbVisitor } from '../../formats/rdb/file-reader.ts'
import { passModuleData } from '../../formats/rdb/module-reader.ts'
import type { RdbReader } from '../../formats/rdb/reader.ts'

/** What is said of a key; `value` is used again for the next one. */
export type KeySize = {
  /** A loan for the time of the call. */
  readonly key: Span
  readonly database: number
  /** TYPE's answer. */
  readonly type: string
  /** When it expires, in milliseconds since 1970; -1 where it never does. */
  readonly expireAt: number | bigint
  /** Bytes of its value in the file. */
  readonly savedBytes: number
  readonly value: ValueFacts
}

/**
 * Tells of all keys of a file in their order.
 * @param types the types that values can have, and `limits` what decides how they would be kept
 * @throws RdbForeign, RdbError where the file is none, or damaged
 */
export function sizeKeys(
  from: RdbReader,
  { types, limits }: { types: TypeTable; limits: Limits },
  visit: (size: KeySize) => void,
): void {
  const parts = new RdbFileReader(from, new Sizes(types, limits, visit), true)
  parts.begin()
  while (parts.next()) {}
}

class Sizes implements RdbVisitor {
  private readonly types: TypeTable
  private readonly facts: ValueFacts
  private readonly visit: (size: KeySize) => void
  private current = 0

  constructor(types: TypeTable, limits: Limits, visit: (size: KeySize) => void) {
    this.types = types
    this.facts = new ValueFacts(limits)
    this.visit = visit
  }

  key(key: Span, rdbType: number, from: RdbReader, { expireAt }: KeyFacts): void {
    const { facts, current } = this
    const before = from.position
    facts.begin(key.length)
    const type = this.types.observe(rdbType, from, facts)
    const savedBytes = from.position - before
    this.visit({ key, database: current, type, expireAt, savedBytes, value: facts })
  }

  database(id: number): void {
    this.current = id
  }

  module(_id: bigint, _place: number, from: RdbReader): void {
    passModuleData(from, () => {})
  }

  auxiliary(): void {}

  size(): void {}

  library(): void {}
}
