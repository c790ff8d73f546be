// shutdown.ts: the last save, before the process ends.

import { savePoints } from '../../engine/config/directive-specials.ts'
import type { ShutdownOptions } from '../../engine/contract/ports.ts'
import type { Engine } from '../../engine/dispatch/engine.ts'
import { saveData } from './save.ts'
import { persistenceState } from './state.ts'

/** Saves where that is wanted; false when it failed and keeps the process from ending. */
export function saveAtEnd(engine: Engine, options: ShutdownOptions): boolean {
  if (!wantsSave(engine, options)) return true
  const { host } = engine
  host.log('notice', 'Saving the final RDB snapshot before exiting.')
  if (saveData(engine)) return true
  const outcome = options.force ? '. Exit anyway.' : ", can't exit."
  host.log('warning', `Error trying to save the DB${outcome}`)
  return options.force
}

function wantsSave(engine: Engine, { save }: ShutdownOptions): boolean {
  if (engine.host.storage === undefined) return false
  // Half-read data must not take the place of the file it comes from.
  if (engine.part(persistenceState).loading !== undefined) return false
  if (save !== 'configured') return save === 'yes'
  return engine.config.of('save', savePoints).value.length > 0
}
