// directives.ts: who may use DEBUG.

import { acts, defineDirective } from '../../engine/config/directive.ts'
import { permission } from '../../engine/config/directive-kinds.ts'

export const directives = [
  defineDirective('enable-debug-command', {
    kind: permission,
    initial: 'no',
    immutable: true,
    effect: acts(),
  }),
]
