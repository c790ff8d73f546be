// reload.ts: DEBUG RELOAD: all data to the file and back again.

import type { DebugSubcommand } from '../../engine/contract/debug-subcommand.ts'
import type { Engine } from '../../engine/dispatch/engine.ts'
import { errors } from './errors.ts'
import { loadData } from './load.ts'
import { saveData } from './save.ts'

export const reload: DebugSubcommand = {
  name: 'RELOAD',
  usage: '[MERGE] [NOFLUSH] [NOSAVE]',
  help: [
    'Saves all data and loads it again. NOSAVE loads the file as it is, NOFLUSH keeps the data',
    'that is there, MERGE lets keys of the file take the place of those.',
  ],
  words: [2, Number.POSITIVE_INFINITY],
  run({ engine }, args, reply) {
    let [merge, flush, save] = [false, true, true]
    for (let i = 2; i < args.count; i++) {
      if (args.is(i, 'MERGE')) merge = true
      else if (args.is(i, 'NOFLUSH')) flush = false
      else if (args.is(i, 'NOSAVE')) save = false
      else throw errors.reloadOptions
    }
    if (engine.host.storage === undefined) throw errors.noStorage
    if (save && !saveData(engine)) throw errors.unexplained
    if (flush) flushAll(engine)
    if (!loadData(engine, merge)) {
      // Half of a data set would be taken for a whole one.
      if (flush) flushAll(engine)
      throw errors.reloadFailed
    }
    engine.host.log('notice', 'DB reloaded by DEBUG RELOAD')
    reply.ok()
  },
}

function flushAll(engine: Engine): void {
  for (const db of engine.databases) if (db.size > 0) engine.flushDatabase(db.id)
}
