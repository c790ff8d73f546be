// index.ts: the module of the data set's file.

import { defineModule } from '../../engine/contract/module.ts'
import { directives } from './directives.ts'
import { loadingGate } from './gate.ts'
import { persistenceSection } from './info.ts'
import { reload } from './reload.ts'
import { saveCommands } from './save.ts'
import { saveAtEnd } from './shutdown.ts'
import { persistenceState } from './state.ts'

export { type KeySize, sizeKeys } from './key-sizes.ts'

export const persistence = defineModule({
  name: 'persistence',
  commands: saveCommands,
  gates: [loadingGate],
  directives,
  info: [persistenceSection],
  debug: [reload],
  // Counting the changes begins with the engine.
  hooks: { onStart: (engine) => engine.part(persistenceState), onEnd: saveAtEnd },
})
