// directives.ts: when a HyperLogLog becomes dense.

import { acts, defineDirective } from '../../engine/config/directive.ts'
import { memory, NO_MAX } from '../../engine/config/directive-numbers.ts'

const bytes = memory({ min: 0, max: NO_MAX, unsigned: true })

export const directives = [
  defineDirective('hll-sparse-max-bytes', {
    kind: bytes,
    initial: '3000',
    effect: acts(),
  }),
]
