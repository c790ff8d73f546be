// directives.ts: how keys are removed whose time has come.

import { acts, defineDirective, noEffect } from '../../engine/config/directive.ts'
import { yesNo } from '../../engine/config/directive-kinds.ts'
import { integer } from '../../engine/config/directive-numbers.ts'

export const directives = [
  defineDirective('active-expire-effort', {
    kind: integer({ min: 1, max: 10 }),
    initial: '1',
    effect: acts(),
  }),
  defineDirective('lazyexpire-nested-arbitrary-keys', {
    kind: yesNo,
    initial: 'yes',
    hidden: true,
    effect: noEffect('Scripts, which it is about, are not available yet.'),
  }),
]
