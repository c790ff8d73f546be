// directives.ts: who is let in, and how much memory clients take.

import { acts, defineDirective } from '../../engine/config/directive.ts'
import { string } from '../../engine/config/directive-kinds.ts'
import { memoryOrPercent } from '../../engine/config/directive-numbers.ts'

const secret = string({ emptyIsNone: true, binary: true })

export const directives = [
  defineDirective('requirepass', {
    kind: secret,
    initial: '',
    sensitive: true,
    effect: acts(),
  }),
  defineDirective('maxmemory-clients', {
    kind: memoryOrPercent(100),
    initial: '0',
    effect: acts(),
  }),
]
