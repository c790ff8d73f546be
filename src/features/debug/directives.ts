// directives.ts: who may use DEBUG.

import { acts, defineDirective } from '../../engine/directive.ts'
import { permission } from '../../engine/directive-kinds.ts'

export const directives = [
  defineDirective('enable-debug-command', {
    kind: permission,
    initial: 'no',
    immutable: true,
    effect: acts(),
  }),
]
