// start-load.ts: loads the data set when a server starts, in steps between which it answers clients
// that it is loading.

import { setImmediate as nextTurn } from 'node:timers/promises'
import { gateBit } from '../../engine/contract/gates.ts'
import type { Engine } from '../../engine/dispatch/engine.ts'
import { openData } from '../../features/persistence/load.ts'
import type { Log } from '../process/log.ts'

/**
 * Loads the file that `dir` and `dbfilename` name, if there is one.
 * @returns false when it cannot be loaded; the log says why
 */
export async function loadAtStart(engine: Engine, log: Log): Promise<boolean> {
  const began = performance.now()
  const load = openData(engine, false)
  if (load === undefined) return true
  engine.armed |= gateBit('loading')
  const step = engine.config.integer('loading-process-events-interval-bytes').value
  while (load.step(step)) await nextTurn()
  engine.armed &= ~gateBit('loading')
  if (load.failed) {
    const text = load.damaged
      ? 'Terminating server after rdb file reading failure.'
      : 'Fatal error loading the DB, check server logs. Exiting.'
    log.write('warning', text)
    return false
  }
  const seconds = (performance.now() - began) / 1000
  log.write('notice', `DB loaded from disk: ${seconds.toFixed(3)} seconds`)
  return true
}
