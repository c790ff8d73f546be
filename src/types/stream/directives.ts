// directives.ts: how large the nodes of a stream become.

import { acts, defineDirective } from '../../engine/config/directive.ts'
import { integer, memory, NO_MAX } from '../../engine/config/directive-numbers.ts'

const bytes = memory({ min: 0, max: NO_MAX, unsigned: true })

export const directives = [
  defineDirective('stream-node-max-bytes', {
    kind: bytes,
    initial: '4096',
    effect: acts(),
  }),
  defineDirective('stream-node-max-entries', {
    kind: integer({ min: 0, max: NO_MAX }),
    initial: '100',
    effect: acts(),
  }),
]
