// index.ts: the module of DEBUG.

import { gateBit } from '../../engine/gates.ts'
import { defineModule } from '../../engine/module.ts'
import { debug } from './debug.ts'
import { protectedGate } from './gate.ts'

export const debugging = defineModule({
  name: 'debug',
  commands: [debug],
  gates: [protectedGate],
  hooks: {
    onStart(engine) {
      engine.armed |= gateBit('protected')
    },
  },
})
