// debug.ts: DEBUG QUICKLIST-PACKED-THRESHOLD: lets tests have nodes of one element.

import { readMemory } from '../../../engine/config/directive-numbers.ts'
import type { DebugSubcommand } from '../../../engine/contract/debug-subcommand.ts'
import { errors } from '../errors.ts'
import { listLimits } from '../limits.ts'

/** Not even slightly below 4 GB. */
const THRESHOLD_MAX = 2n ** 32n - 2n ** 20n

export const packedThreshold: DebugSubcommand = {
  name: 'QUICKLIST-PACKED-THRESHOLD',
  usage: '<size>',
  help: [
    'From so many bytes on, an element of a list is a node of its own; with 0 the size of nodes',
    'decides.',
  ],
  words: [3, 3],
  run({ engine }, args, reply) {
    const size = readMemory(args.text(2))
    if (size === undefined || size > THRESHOLD_MAX) throw errors.debugThreshold
    engine.limits.of(listLimits).plain = Number(size)
    reply.ok()
  },
}
