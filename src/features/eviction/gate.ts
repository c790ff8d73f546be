// gate.ts: memory above maxmemory: keys are evicted before any command runs, and where that does
// not help, commands that would need more memory are refused.

import { DENYOOM } from '../../engine/command/flags.ts'
import { type Gate, PASS } from '../../engine/contract/gates.ts'
import { EVICTION_FAILED } from '../../engine/upkeep/eviction.ts'
import { errors } from './errors.ts'

/** Armed while there is a limit. */
export const memoryGate: Gate = {
  name: 'memory',
  applies: () => true,
  check(ctx, _command, _args, flags) {
    const { memory, limits, eviction } = ctx.engine
    if (memory.used <= limits.memory) {
      if (ctx.engine.stats.evictionExceededSince !== 0) eviction.run()
      return PASS
    }
    if (eviction.run() === EVICTION_FAILED && (flags & DENYOOM) !== 0) throw errors.outOfMemory
    return PASS
  },
}
