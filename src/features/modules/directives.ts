// directives.ts: who may load modules.

import { acts, defineDirective } from '../../engine/directive.ts'
import { permission } from '../../engine/directive-kinds.ts'

export const directives = [
  defineDirective('enable-module-command', {
    kind: permission,
    initial: 'no',
    immutable: true,
    effect: acts(),
  }),
]
