// index.ts: the module of directives and of the command that reads and changes them.

import type { Directive } from '../../engine/config/directive.ts'
import { gateBit } from '../../engine/contract/gates.ts'
import { defineModule } from '../../engine/contract/module.ts'
import type { Engine } from '../../engine/dispatch/engine.ts'
import { config } from './commands.ts'
import { clusterDirectives } from './directives-cluster.ts'
import { memoryDirectives } from './directives-memory.ts'
import { networkDirectives } from './directives-network.ts'
import { replicationDirectives } from './directives-replication.ts'
import { serverDirectives } from './directives-server.ts'
import { followSettings } from './engine-settings.ts'
import { protectedGate } from './gate.ts'

/** Those of the process and its network, and those that nothing here acts on. */
const directives: readonly Directive[] = [
  ...networkDirectives,
  ...serverDirectives,
  ...memoryDirectives,
  ...replicationDirectives,
  ...clusterDirectives,
]

export const configuration = defineModule({
  name: 'config',
  directives,
  commands: [config],
  gates: [protectedGate],
  hooks: { onStart: begin },
})

function begin(engine: Engine): void {
  engine.armed |= gateBit('protected')
  followSettings(engine)
}
