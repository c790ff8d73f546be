// gate.ts: keeps commands out while the data set is being loaded.

import { LOADING } from '../../engine/command/flags.ts'
import { type Gate, PASS } from '../../engine/contract/gates.ts'
import { errors } from './errors.ts'
import { persistenceState } from './state.ts'

/** Armed while the server loads its file. */
export const loadingGate: Gate = {
  name: 'loading',
  applies: (command) => (command.flags & LOADING) === 0,
  check({ engine }) {
    if (engine.part(persistenceState).loading === undefined) return PASS
    throw errors.loading
  },
}
