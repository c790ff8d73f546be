// load.ts: the data set out of its file.
//
// Loading goes on in steps, so that a server can answer meanwhile that it is loading. Keys whose
// time has come are passed over.

import { Span } from '../../bytes/memory/span.ts'
import { EMPTY_VALUE, type LoadTarget } from '../../engine/contract/datatype.ts'
import type { StoredFile } from '../../engine/contract/ports.ts'
import type { Engine } from '../../engine/dispatch/engine.ts'
import { HAS_TTL } from '../../engine/keyspace/entry.ts'
import type { Database } from '../../engine/keyspace/keyspace.ts'
import {
  type KeyFacts,
  RdbChecksumError,
  RdbFileReader,
  RdbForeign,
  type RdbVisitor,
} from '../../formats/rdb/file-reader.ts'
import { RdbError, RdbReader } from '../../formats/rdb/reader.ts'
import { FileSource } from '../../formats/rdb/source.ts'
import { loadModule } from './module-aux.ts'
import { type PersistenceState, persistenceState } from './state.ts'

const EMPTY = new Uint8Array(0)
/** Empty keys that are named in the log. */
const EMPTY_KEYS_NAMED = 10
/** Figures put right that are named there. */
const REPAIRS_NAMED = 10

/** Why a file cannot be loaded, in one line of the log. */
class LoadFault extends Error {}

/**
 * Loads the whole file into the engine.
 * @param merge whether keys of the file may take the place of keys that are there
 * @returns false when that failed, and the log says why, or when there is no file
 */
export function loadData(engine: Engine, merge: boolean): boolean {
  const load = openData(engine, merge)
  if (load === undefined) return false
  while (load.step(Number.POSITIVE_INFINITY)) {}
  return !load.failed
}

/**
 * Begins to load the file.
 * @returns undefined when there is none; `failed` is set when it cannot be read
 */
export function openData(engine: Engine, merge: boolean): Load | undefined {
  const { storage } = engine.host
  const name = engine.config.decoded('dbfilename')
  let file: StoredFile | undefined
  try {
    file = storage?.open(name)
  } catch (error) {
    if (!(error instanceof Error)) throw error
    const reason = `Fatal error: can't open the RDB file ${name} for reading: ${error.message}`
    engine.host.log('warning', reason)
    return new Load(engine, undefined, merge)
  }
  return file === undefined ? undefined : new Load(engine, file, merge)
}

export class Load implements RdbVisitor {
  /** Whether the file could not be loaded; what was loaded before is there. */
  failed = false
  /** Whether that is because it is damaged. */
  damaged = false
  private readonly engine: Engine
  private readonly file: StoredFile | undefined
  private readonly merge: boolean
  private readonly state: PersistenceState
  private readonly reader: RdbReader
  private readonly parts: RdbFileReader
  private readonly target: { -readonly [K in keyof LoadTarget]: LoadTarget[K] }
  private readonly libraries: Uint8Array[] = []
  /** Microseconds to wait after each key; below zero a chance of one to wait for one of them. */
  private readonly delay: number
  private emptyKeys = 0
  private repairs = 0
  private begun = false

  constructor(engine: Engine, file: StoredFile | undefined, merge: boolean) {
    this.engine = engine
    this.file = file
    this.merge = merge
    this.state = engine.part(persistenceState)
    this.failed = file === undefined
    const source = file === undefined ? undefined : new FileSource(file)
    this.reader = new RdbReader(EMPTY, 0, 0, source)
    const verifies = engine.config.flag('rdbchecksum').value && engine.limits.checksums
    this.parts = new RdbFileReader(this.reader, this, verifies)
    this.target = { db: engine.databases[0]!, key: new Span(), ttl: 0 }
    this.delay = engine.config.integer('key-load-delay').value
    this.state.keysLoaded = 0
    this.state.keysExpired = 0
    this.state.loading = {
      startedAt: engine.now,
      totalBytes: file?.size ?? 0,
      loadedBytes: 0,
      usedMemory: 0,
    }
  }

  /**
   * Loads up to that many bytes more.
   * @returns false at the end, or when it has failed
   */
  step(bytes: number): boolean {
    if (this.failed) return this.end()
    const { reader, parts } = this
    const until = reader.position + bytes
    try {
      if (!this.begun) parts.begin()
      this.begun = true
      let more = true
      while (more && reader.position < until) more = parts.next()
      if (this.state.loading !== undefined) this.state.loading.loadedBytes = reader.position
      if (more) return true
      this.done()
    } catch (error) {
      this.failed = true
      this.damaged = error instanceof RdbError
      for (const line of linesAbout(error, reader)) this.engine.host.log('warning', line)
    }
    return this.end()
  }

  auxiliary(name: Span, value: Span): void {
    const { host, now } = this.engine
    const field = name.text()
    const text = value.text()
    if (field.startsWith('%')) host.log('notice', `RDB '${field}': ${text}`)
    else if (name.is('REDIS-VER')) host.log('notice', `Loading RDB produced by version ${text}`)
    else if (name.is('CTIME')) {
      const age = Math.floor(now / 1000) - (Number.parseInt(text, 10) || 0)
      host.log('notice', `RDB age ${Math.max(0, age)} seconds`)
    } else if (name.is('USED-MEM')) {
      const bytes = Number.parseInt(text, 10) || 0
      if (this.state.loading !== undefined) this.state.loading.usedMemory = bytes
      host.log('notice', `RDB memory usage when created ${(bytes / (1 << 20)).toFixed(2)} Mb`)
    } else if (name.is('AOF-BASE')) {
      if (Number.parseInt(text, 10) > 0) host.log('notice', 'RDB is base AOF')
    } else if (!KNOWN_FIELDS.some((known) => name.is(known))) {
      host.log('debug', `Unrecognized RDB AUX field: '${field}'`)
    }
  }

  database(id: number): void {
    const { databases } = this.engine
    const db = databases[id]
    if (db === undefined) {
      throw new LoadFault(
        'FATAL: Data file was created with a Redis server configured to handle more than ' +
          `${databases.length} databases. Exiting`,
      )
    }
    this.target.db = db
  }

  /** Our tables grow without a pause: they need no hint. */
  size(): void {}

  library(code: Span): void {
    this.libraries.push(code.copy())
  }

  module(id: bigint, place: number, from: RdbReader): void {
    const reason = loadModule(this.engine, { id, place }, from)
    if (reason !== undefined) throw new LoadFault(reason)
  }

  key(key: Span, rdbType: number, from: RdbReader, facts: KeyFacts): void {
    const { target, engine, state } = this
    const { db } = target
    target.key = key
    target.ttl = facts.expireAt === -1 ? 0 : HAS_TTL
    const old = db.find(key)
    if (old !== 0) {
      engine.changes.guard(db, old, key)
      db.detach(old)
    }
    const entry = this.value(rdbType, from, old)
    if (from.repairs.length > 0) this.noteRepairs(key, from)
    const isExpired = facts.expireAt !== -1 && facts.expireAt < engine.now
    if (entry === EMPTY_VALUE || isExpired) {
      if (entry === EMPTY_VALUE) this.emptyKey(key)
      else this.expiredKey(db, entry)
      if (old !== 0) db.attach(old)
      return
    }
    state.keysLoaded++
    if (old !== 0) this.replace(db, key, old)
    finish(engine, db, entry, facts)
    engine.changes.loaded(db, key)
    if (this.delay !== 0) this.dawdle()
  }

  /** Loading slowly shows how clients fare meanwhile. */
  private dawdle(): void {
    const { clock, random } = this.engine
    if (this.delay > 0) clock.sleep(this.delay / 1000)
    else if (random.below(-this.delay) === 0) clock.sleep(0.001)
  }

  /**
   * Reads the value of the target.
   * @param old the detached entry that has the same key, 0 where there is none: it is put back
   * before this fails
   */
  private value(rdbType: number, from: RdbReader, old: number): number {
    const { target, engine } = this
    try {
      return engine.types.load(rdbType, from, target)
    } catch (error) {
      if (old !== 0) target.db.attach(old)
      throw error
    }
  }

  private expiredKey(db: Database, entry: number): void {
    db.remove(entry)
    this.state.keysExpired++
  }

  private noteRepairs(key: Span, { repairs }: RdbReader): void {
    for (const what of repairs) {
      if (this.repairs++ >= REPAIRS_NAMED) continue
      this.engine.host.log('warning', `The RDB file was wrong about ${what}: ${key.text()}`)
    }
    repairs.length = 0
  }

  private emptyKey(key: Span): void {
    if (this.emptyKeys++ >= EMPTY_KEYS_NAMED) return
    this.engine.host.log('notice', `rdbLoadObject skipping empty key: ${key.text()}`)
  }

  private replace(db: Database, key: Span, old: number): void {
    if (!this.merge) {
      throw new LoadFault(`RDB has duplicated key '${key.text()}' in DB ${db.id}`)
    }
    this.engine.changes.discard(db, old, key, 'overwritten')
  }

  private done(): void {
    const { engine, state, emptyKeys } = this
    const { host } = engine
    state.libraries = this.merge ? [...state.libraries, ...this.libraries] : this.libraries
    if (this.libraries.length > 0) {
      const what = 'Function libraries of the RDB file are kept, but they cannot be run yet: '
      host.log('warning', what + this.libraries.length)
    }
    if (this.parts.isUnsigned) {
      host.log('notice', 'RDB file was saved with checksum disabled: no check performed.')
    }
    const counts = `keys loaded: ${state.keysLoaded}, keys expired: ${state.keysExpired}`
    const repaired = this.repairs === 0 ? '' : `, figures put right: ${this.repairs}`
    const skipped = emptyKeys === 0 ? '' : `, empty keys skipped: ${emptyKeys}`
    host.log('notice', `Done loading RDB, ${counts}${skipped}${repaired}.`)
  }

  private end(): boolean {
    this.state.loading = undefined
    this.file?.close()
    const { engine } = this
    if (!this.failed) for (const hook of engine.hooks.onLoaded) hook(engine)
    return false
  }
}

/** Fields that the reference knows and that mean nothing here. */
const KNOWN_FIELDS = ['REDIS-BITS', 'REPL-STREAM-DB', 'REPL-ID', 'REPL-OFFSET', 'LUA']

/** Gives a loaded key its expiry time and its use. */
function finish({ access }: Engine, db: Database, loaded: number, facts: KeyFacts): void {
  const { expireAt, idle, frequency } = facts
  const entry = expireAt === -1 ? loaded : db.setExpireAt(loaded, expireAt)
  if (frequency !== -1) access.setFrequency(db, entry, frequency)
  if (idle !== -1n) access.setIdle(db, entry, idle)
}

/** What the log says of a file that cannot be loaded. */
function linesAbout(error: unknown, { position }: RdbReader): string[] {
  if (error instanceof RdbForeign || error instanceof LoadFault) return [error.message]
  if (!(error instanceof RdbError)) throw error
  const reason =
    error instanceof RdbChecksumError
      ? `Wrong RDB checksum expected: (${error.computed}) but got (${error.stated}). Aborting now.`
      : 'Short read or OOM loading DB. Unrecoverable error, aborting now.'
  return [reason, `Internal error in RDB reading offset ${position} -> ${error.message}`]
}
