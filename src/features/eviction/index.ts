// index.ts: the module that keeps memory below maxmemory.

import { defineModule } from '../../engine/contract/module.ts'
import { directives } from './directives.ts'
import { memoryGate } from './gate.ts'
import { followSettings } from './settings.ts'

export const eviction = defineModule({
  name: 'eviction',
  gates: [memoryGate],
  directives,
  hooks: { onStart: followSettings },
})
