// save.ts: SAVE and LASTSAVE: the data set to its file, which is replaced as a whole: whatever goes
// wrong, the file that was there before stays.

import { defineCommand } from '../../engine/command/command.ts'
import type { NewFile, Storage } from '../../engine/contract/ports.ts'
import type { Engine } from '../../engine/dispatch/engine.ts'
import { errors } from './errors.ts'
import { writeImage } from './image.ts'
import { persistenceState } from './state.ts'

/** Bytes after each of which a file that is written is brought to the disk. */
const SYNC_EVERY = 4 << 20

const save = defineCommand({
  name: 'SAVE',
  group: 'server',
  since: '1.0.0',
  summary: 'Saves the data set to disk while everybody waits.',
  complexity: 'O(N) for N keys in all databases',
  flags: ['admin', 'noscript', 'no_async_loading', 'no_multi'],
  run({ engine }, _args, reply) {
    if (engine.host.storage === undefined) throw errors.noStorage
    engine.part(persistenceState).saves++
    if (!saveData(engine)) throw errors.unexplained
    reply.ok()
  },
})

const lastSave = defineCommand({
  name: 'LASTSAVE',
  group: 'server',
  since: '1.0.0',
  summary: 'Tells when the data set was last saved, as a Unix time in seconds.',
  complexity: 'O(1)',
  flags: ['loading', 'stale', 'fast'],
  tips: ['nondeterministic_output'],
  categories: ['admin', 'dangerous'],
  run: ({ engine }, _args, reply) => reply.integer(engine.part(persistenceState).lastSave),
})

export const saveCommands = [save, lastSave]

/** Saves the data set; false when that failed, and the log says why. */
export function saveData(engine: Engine): boolean {
  const { host, config } = engine
  const { storage } = host
  if (storage === undefined) return false
  const name = config.decoded('dbfilename')
  const temporary = `temp-${host.processId}.rdb`
  const file = create(engine, storage, temporary)
  if (file === undefined) return false
  const isSaved = written(engine, file) && published(engine, { storage, file, temporary, name })
  if (!isSaved) {
    file.discard()
    return false
  }
  if (!attempt(engine, 'Failed to fsync directory while saving DB', () => storage.syncNames())) {
    return false
  }
  host.log('notice', 'DB saved on disk')
  engine.part(persistenceState).saved(engine)
  return true
}

function create(engine: Engine, storage: Storage, name: string): NewFile | undefined {
  let file: NewFile | undefined
  const syncs = engine.config.flag('rdb-save-incremental-fsync').value
  const what =
    `Failed opening the temp RDB file ${name} (in server root dir ${storage.folder}) ` +
    'for saving'
  attempt(engine, what, () => {
    file = storage.create(name, syncs ? SYNC_EVERY : 0)
  })
  return file
}

function written(engine: Engine, file: NewFile): boolean {
  const what = (step: string) => `Write error while saving DB to the disk(${step})`
  return (
    attempt(engine, what('rdbSaveRio'), () => {
      writeImage(engine, (bytes, start, end) => file.write(bytes, start, end))
    }) && attempt(engine, what('fsync'), () => file.finish())
  )
}

type Publication = { storage: Storage; file: NewFile; temporary: string; name: string }

function published(engine: Engine, { storage, file, temporary, name }: Publication): boolean {
  const what =
    `Error moving temp DB file ${temporary} on the final destination ${name} ` +
    `(in server root dir ${storage.folder})`
  return attempt(engine, what, () => file.publish(name))
}

/** Does a step on files; false when it failed, which the log then says. */
function attempt({ host }: Engine, what: string, step: () => void): boolean {
  try {
    step()
    return true
  } catch (error) {
    if (!(error instanceof Error)) throw error
    host.log('warning', `${what}: ${error.message}`)
    return false
  }
}
