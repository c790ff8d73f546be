// image.ts: all data of an engine as one RDB file.

import { Span } from '../../bytes/memory/span.ts'
import { saveWhole } from '../../engine/contract/save-steps.ts'
import { REDIS_VERSION } from '../../engine/contract/version.ts'
import type { Engine } from '../../engine/dispatch/engine.ts'
import type { Database } from '../../engine/keyspace/keyspace.ts'
import { RdbFileWriter } from '../../formats/rdb/file-writer.ts'
import type { Drain } from '../../formats/rdb/writer.ts'
import { saveModules } from './module-aux.ts'
import { persistenceState } from './state.ts'

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
  saveModules(engine, file, 'before')
  for (const code of engine.part(persistenceState).libraries) file.library(code)
  const keys = new KeyWriter(engine, file)
  for (const db of databases) {
    if (db.size === 0) continue
    file.database(db.id, db.size, db.expiring.length)
    db.dict.each((ref) => keys.write(db, ref))
  }
  saveModules(engine, file, 'after')
  file.end()
}

class KeyWriter {
  private readonly engine: Engine
  private readonly file: RdbFileWriter
  private readonly key = new Span()
  /** Whether maxmemory-policy wants to know when keys were used, or how often. */
  private readonly notesUse: boolean

  constructor(engine: Engine, file: RdbFileWriter) {
    this.engine = engine
    this.file = file
    this.notesUse = /-l[rf]u$/.test(engine.config.string('maxmemory-policy').value)
  }

  write(db: Database, ref: number): void {
    const { file } = this
    if (db.hasExpiry(ref)) file.expiry(db.exactExpireAt(ref))
    if (this.notesUse) this.writeUse(db, ref)
    const type = this.engine.types.of(db, ref)
    const { writer } = file
    writer.writeByte(type.rdbType(db, ref, writer.version))
    writer.writeString(db.key(ref, this.key))
    saveWhole(type, db, ref, writer)
    file.valueEnds()
  }

  private writeUse(db: Database, ref: number): void {
    const { access } = this.engine
    if (access.lfu) this.file.frequency(access.frequency(db, ref))
    else this.file.idle(access.idleSeconds(db, ref))
  }
}
