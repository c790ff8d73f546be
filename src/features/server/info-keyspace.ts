// info-keyspace.ts: the sections on what the databases hold: keyspace, keysizes.

import { Span } from '../../bytes/memory/span.ts'
import type { DataType } from '../../engine/contract/datatype.ts'
import type { InfoSection } from '../../engine/contract/module.ts'
import type { Engine } from '../../engine/dispatch/engine.ts'
import type { Database } from '../../engine/keyspace/keyspace.ts'

type Field = readonly [name: string, value: string]

const keyspace: InfoSection = {
  name: 'keyspace',
  byDefault: true,
  fields({ databases }) {
    return databases.filter(({ size }) => size > 0).map(keyspaceField)
  },
}

function keyspaceField({ id, size, expiring, averageTtl, agenda }: Database): Field {
  const ttl = Math.floor(averageTtl)
  const counts = `keys=${size},expires=${expiring.length}`
  return [`db${id}`, `${counts},avg_ttl=${ttl},subexpiry=${agenda.count}`]
}

// redis-server keeps these counts up to date with every write; here they are counted when somebody
// asks, which takes as long as there are keys. So they are shown to who names the section only.
const keySizes: InfoSection = {
  name: 'keysizes',
  byDefault: 'named',
  fields: (engine) => engine.databases.flatMap((db) => sizeFields(engine, db)),
}

export const keyspaceSections = [keyspace, keySizes]

const value = new Span()

/** For each type of bytes values: how many have a length of that power of two up to the next. */
function sizeFields(engine: Engine, db: Database): Field[] {
  const counts = new Map<DataType<unknown>, number[]>()
  db.dict.each((ref) => {
    if (db.isObject(ref)) return
    const type = engine.types.of(db, ref)
    const classes = counts.get(type) ?? []
    const power = 32 - Math.clz32(db.value(ref, value).length)
    classes[power] = (classes[power] ?? 0) + 1
    counts.set(type, classes)
  })
  return [...counts].map(([type, classes]): Field => {
    const sizes = classes.flatMap((count, power) => `${sizeName(power)}=${count}`)
    return [`db${db.id}_distrib_${type.name}s_sizes`, sizes.join(',')]
  })
}

/** The least length of a class: 0, 1, 2, 4 … 512, 1K, 2K … */
function sizeName(power: number): string {
  if (power === 0) return '0'
  const units = ['', 'K', 'M', 'G']
  const exponent = power - 1
  return `${2 ** (exponent % 10)}${units[Math.floor(exponent / 10)]}`
}
