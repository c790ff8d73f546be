// directives.ts: who may load modules.

import { acts, defineDirective } from '../../engine/config/directive.ts'
import { permission } from '../../engine/config/directive-kinds.ts'

export const directives = [
  defineDirective('enable-module-command', {
    kind: permission,
    initial: 'no',
    immutable: true,
    effect: acts(),
  }),
]
