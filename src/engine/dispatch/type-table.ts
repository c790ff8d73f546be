// type-table.ts: the data types of an engine. Up to seven have a number in the entries of their
// values; all others share MODULE_ID, and their values, which are objects, name them.

import { moduleName, moduleVersion } from '../../formats/rdb/module-id.ts'
import { passModuleData } from '../../formats/rdb/module-reader.ts'
import { layoutName, rdbType } from '../../formats/rdb/opcodes.ts'
import type { DataType, LoadTarget } from '../contract/datatype.ts'
import type { DumpReader } from '../contract/dump-ports.ts'
import type { ValueFacts } from '../contract/value-facts.ts'
import { MODULE_ID } from '../keyspace/entry.ts'
import type { Database } from '../keyspace/keyspace.ts'
import type { TypedObject } from '../keyspace/objects.ts'

type AnyType = DataType<unknown>

export class TypeTable {
  /** In the order in which they came. */
  readonly all: AnyType[] = []
  private readonly byId: (AnyType | undefined)[] = new Array(8).fill(undefined)
  private readonly byRdbType: (AnyType | undefined)[] = []
  /** By their names, as the numbers of module types begin with. */
  private readonly byModule = new Map<string, AnyType>()

  /** Takes a type in whose name and number are free (install.ts). */
  add(type: AnyType): void {
    const { id, name } = type
    this.all.push(type)
    for (const layout of type.rdbTypes) this.byRdbType[layout] = type
    if (id === MODULE_ID) this.byModule.set(name, type)
    else this.byId[id] = type
  }

  /** Whether a type of that name or number is there. */
  has({ id, name }: AnyType): boolean {
    return this.named(name) !== undefined || (id !== MODULE_ID && this.byId[id] !== undefined)
  }

  /** Takes a type away of which there are no values. */
  remove(type: AnyType): void {
    this.all.splice(this.all.indexOf(type), 1)
    for (const layout of type.rdbTypes) this.byRdbType[layout] = undefined
    if (type.id === MODULE_ID) this.byModule.delete(type.name)
    else this.byId[type.id] = undefined
  }

  /** The type of an entry's value. */
  of(db: Database, ref: number): AnyType {
    return this.byId[db.type(ref)] ?? (db.object(ref) as TypedObject).type
  }

  /** The type that TYPE calls so, in any case. */
  named(name: string): AnyType | undefined {
    const wanted = name.toLowerCase()
    return this.all.find((type) => type.name.toLowerCase() === wanted)
  }

  /**
   * Reads a value of an RDB type as the value of a new key.
   * @returns the entry, or EMPTY_VALUE for a collection without elements
   * @throws RdbError when that is no value of a type that is known here
   */
  load(layout: number, from: DumpReader, target: LoadTarget): number {
    if (layout === rdbType.module2) return this.loadModule(from, target)
    const type = this.byRdbType[layout]
    if (type === undefined) from.fail(`Unknown RDB encoding type ${layout}`)
    const entry = type.load(layout, from, target)
    if (entry === 0) from.fail(`${layoutName(layout)} integrity check failed.`)
    return entry
  }

  /**
   * Reads a value and tells what it consists of, instead of building it.
   * @returns the name of its type; the modules of values need not be here
   * @throws RdbError when that is no value of a type that is known here
   */
  observe(layout: number, from: DumpReader, facts: ValueFacts): string {
    if (layout === rdbType.module2) {
      const name = moduleName(from.readLength64())
      passModuleData(from, (bytes) => facts.addPart(bytes))
      facts.count = 1
      facts.encoding = 'raw'
      return name
    }
    const type = this.byRdbType[layout]
    if (type?.observe === undefined) from.fail(`Unknown RDB encoding type ${layout}`)
    if (!type.observe(layout, from, facts)) {
      from.fail(`${layoutName(layout)} integrity check failed.`)
    }
    return type.name
  }

  private loadModule(from: DumpReader, target: LoadTarget): number {
    const id = from.readLength64()
    const name = moduleName(id)
    const type = this.byModule.get(name)
    if (type === undefined) {
      from.fail(`The RDB file contains module data I can't load: no matching module type '${name}'`)
    }
    const entry = type.load(moduleVersion(id), from, target)
    if (entry === 0) from.fail(`The module of '${name}' is not able to load its value`)
    return entry
  }
}
