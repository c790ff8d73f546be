// object-type.ts: types whose values are JavaScript objects of their author: documents, filters,
// series. The author says how a value is written, read, measured, copied and fingerprinted; DUMP
// and RESTORE, the RDB file, COPY, RENAME, MOVE, MEMORY USAGE, eviction and all else follow.
//
// The engine has to know what values weigh, for maxmemory. An author cannot forget to tell: values
// are changed inside `edit`, which measures them afterwards. Whatever was entered when a value was
// measured last is what leaves the books with it, so no mistake adds up.

import type { Span } from '../../bytes/memory/span.ts'
import { moduleId } from '../../formats/rdb/module-id.ts'
import { ModuleReader } from '../../formats/rdb/module-reader.ts'
import { ModuleWriter } from '../../formats/rdb/module-writer.ts'
import { rdbType } from '../../formats/rdb/opcodes.ts'
import { RdbError } from '../../formats/rdb/reader.ts'
import type { Context } from '../dispatch/context.ts'
import { MODULE_ID, metaOf } from '../keyspace/entry.ts'
import type { Database } from '../keyspace/keyspace.ts'
import type { ModuleObjectType, ObjectTypeDeclaration } from './author.ts'
import type { DataType, LoadTarget } from './datatype.ts'
import type { Digest } from './digest.ts'
import type { DumpReader, DumpWriter } from './dump-ports.ts'
import { ModuleDigest } from './module-digest.ts'
import { ModuleObject } from './module-object.ts'

/** A type that was declared, as the house has it. */
export type ObjectType<T extends object> = DataType<T> & ModuleObjectType<T>

/**
 * Declares a type, for `defineModule({ types })`.
 * @throws RangeError when name or version are not as described
 */
export function defineObjectType<T extends object>(
  declaration: ObjectTypeDeclaration<T>,
): ObjectType<T> {
  return new DeclaredType(declaration)
}

const META = metaOf(MODULE_ID, 0, 0)

class DeclaredType<T extends object> implements ObjectType<T> {
  readonly id = MODULE_ID
  readonly name: string
  readonly rdbTypes: readonly number[] = []
  readonly walk?: NonNullable<DataType<T>['walk']>
  private readonly of: ObjectTypeDeclaration<T>
  /** What a value begins with in an RDB file. */
  private readonly moduleId: bigint

  constructor(declaration: ObjectTypeDeclaration<T>) {
    this.of = declaration
    this.name = declaration.name
    this.moduleId = moduleId(declaration.name, declaration.version)
    const { walk } = declaration
    // Its absence says that values have no elements.
    if (walk !== undefined) this.walk = (db, ref, visit) => walk(this.view(db, ref), visit)
  }

  read(ctx: Context, key: Span): T | null {
    return ctx.read(key, this)
  }

  edit<R>(ctx: Context, key: Span, edit: (value: T) => R, make?: () => T): R
  edit<R>(ctx: Context, key: Span, edit: (value: T) => R, make?: () => T): R | undefined {
    const ref = ctx.find(key)
    ctx.expectType(ref, this)
    if (ref !== 0) return this.object(ctx.db, ref).edit(edit)
    if (make === undefined) return undefined
    const value = make()
    const result = edit(value)
    this.put(ctx, key, value)
    return result
  }

  put(ctx: Context, key: Span, value: T): void {
    const { db } = ctx
    const ref = ctx.find(key)
    if (ref === 0) {
      this.store({ db, key, ttl: 0 }, value)
      ctx.created(key)
      return
    }
    const before = ctx.dataType(ref)
    if (before === this && this.view(db, ref) === value) {
      // It is there already, perhaps changed by somebody who should have used `edit`.
      this.object(db, ref).edit(() => db.persist(ref))
      return
    }
    db.putObject(key, ref, META, new ModuleObject(this, this.of, value, db.parts.ledger))
    ctx.replaced(key, before !== this)
  }

  remove(ctx: Context, key: Span): boolean {
    const ref = ctx.find(key)
    ctx.expectType(ref, this)
    if (ref !== 0) ctx.remove(ref, key)
    return ref !== 0
  }

  view(db: Database, ref: number): T {
    return this.object(db, ref).value
  }

  encoding(db: Database, ref: number): string {
    return this.of.encoding?.(this.view(db, ref)) ?? 'raw'
  }

  bytes(db: Database, ref: number): number {
    return this.object(db, ref).memory
  }

  effort(db: Database, ref: number): number {
    return this.of.effort?.(this.view(db, ref)) ?? 1
  }

  details(db: Database, ref: number): string {
    return this.of.details?.(this.view(db, ref)) ?? ''
  }

  rdbType(): number {
    return rdbType.module2
  }

  save(db: Database, ref: number, to: DumpWriter): undefined {
    to.writeLength64(this.moduleId)
    const writer = new ModuleWriter(to)
    this.of.save(this.view(db, ref), writer)
    writer.end()
  }

  load(version: number, from: DumpReader, target: LoadTarget): number {
    const reader = new ModuleReader(from)
    const value = this.loaded(reader, version)
    if (value === undefined) return 0
    try {
      reader.end()
    } catch (error) {
      this.of.free(value)
      throw error
    }
    return this.store(target, value)
  }

  copy(db: Database, ref: number, target: LoadTarget): number {
    return this.store(target, this.of.copy(this.view(db, ref)))
  }

  digest(db: Database, ref: number, into: Digest): void {
    const digest = new ModuleDigest()
    this.of.digest(this.view(db, ref), digest)
    digest.addTo(into)
  }

  /** What an author's code throws about a stranger's bytes means that they are damaged. */
  private loaded(from: ModuleReader, version: number): T | undefined {
    try {
      return this.of.load(from, version)
    } catch (error) {
      if (error instanceof RdbError || !(error instanceof Error)) throw error
      return from.fail(`${this.name}: ${error.message}`)
    }
  }

  private store({ db, key, ttl }: LoadTarget, value: T): number {
    return db.putObject(key, 0, META | ttl, new ModuleObject(this, this.of, value, db.parts.ledger))
  }

  private object(db: Database, ref: number): ModuleObject<T> {
    return db.object(ref) as ModuleObject<T>
  }
}
