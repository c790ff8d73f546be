// image.ts: all data of an engine as one RDB file.

import { Span } from '../../bytes/span.ts'
import type { DataType } from '../../engine/datatype.ts'
import type { Engine } from '../../engine/engine.ts'
import type { Database } from '../../engine/keyspace.ts'
import { REDIS_VERSION } from '../../engine/version.ts'
import { RdbFileWriter } from '../../formats/rdb/file-writer.ts'
import { type Drain, RdbWriter } from '../../formats/rdb/writer.ts'
import { persistenceState } from './state.ts'

/**
 * Values that take more than this, in bytes, are not gathered as a whole before they are handed
 * on. How a value is written is known only when it has been, but stands before it in the file: so
 * these are written twice, the first time for nothing but their type.
 */
const GATHERED_MAX = 1 << 22

/**
 * Writes the file.
 * @param write takes its bytes in order, in portions; what it throws ends the writing
 */
export function writeImage(engine: Engine, write: Drain): void {
  const { config, databases } = engine
  const file = new RdbFileWriter(write, {
    compress: config.flag('rdbcompression').value,
    version: config.integer('rdb-version').value,
    checksum: config.flag('rdbchecksum').value,
  })
  file.auxiliary('redis-ver', REDIS_VERSION)
  file.auxiliary('redis-bits', 64)
  file.auxiliary('ctime', Math.floor(engine.now / 1000))
  file.auxiliary('used-mem', engine.memory.used)
  file.auxiliary('aof-base', 0)
  for (const code of engine.part(persistenceState).libraries) file.library(code)
  const keys = new KeyWriter(engine, file)
  for (const db of databases) {
    if (db.size === 0) continue
    file.database(db.id, db.size, db.expiring.length)
    db.dict.each((ref) => keys.write(db, ref))
  }
  file.end()
}

class KeyWriter {
  private readonly engine: Engine
  private readonly file: RdbFileWriter
  private readonly types: readonly (DataType<unknown> | undefined)[]
  private readonly key = new Span()
  /** Whether maxmemory-policy wants to know when keys were used, or how often. */
  private readonly notesUse: boolean

  constructor(engine: Engine, file: RdbFileWriter) {
    this.engine = engine
    this.file = file
    this.types = engine.types
    this.notesUse = /-l[rf]u$/.test(engine.config.string('maxmemory-policy').value)
  }

  write(db: Database, ref: number): void {
    const { file } = this
    if (db.hasExpiry(ref)) file.expiry(db.exactExpireAt(ref))
    if (this.notesUse) this.writeUse(db, ref)
    const type = this.types[db.type(ref)]!
    if (db.entryBytes(ref) + type.bytes(db, ref) > GATHERED_MAX) this.writeLarge(type, db, ref)
    else this.writeSmall(type, db, ref)
  }

  private writeUse(db: Database, ref: number): void {
    const { access } = this.engine
    if (access.lfu) this.file.frequency(access.frequency(db, ref))
    else this.file.idle(access.idleSeconds(db, ref))
  }

  private writeSmall(type: DataType<unknown>, db: Database, ref: number): void {
    const { file } = this
    const { writer } = file
    const at = file.hold()
    writer.writeByte(0)
    writer.writeString(db.key(ref, this.key))
    const rdbType = type.save(db, ref, writer)
    // Only now: the writer may have taken a larger buffer meanwhile.
    writer.bytes[at] = rdbType
    file.release()
  }

  private writeLarge(type: DataType<unknown>, db: Database, ref: number): void {
    const { writer } = this.file
    const trial = new RdbWriter({ compress: false, version: writer.version, capacity: 1 << 16 })
    trial.drain = ignore
    writer.writeByte(type.save(db, ref, trial))
    writer.writeString(db.key(ref, this.key))
    type.save(db, ref, writer)
  }
}

function ignore(): void {}
