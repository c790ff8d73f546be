// index.ts: the module of the list type.

import { defineModule } from '../../engine/contract/module.ts'
import { packedThreshold } from './commands/debug.ts'
import { editCommands } from './commands/edit.ts'
import { moveCommands } from './commands/move.ts'
import { popCommands } from './commands/pop.ts'
import { lpos } from './commands/position.ts'
import { pushCommands } from './commands/push.ts'
import { readCommands } from './commands/read.ts'
import { waitCommands } from './commands/wait.ts'
import { directives } from './directives.ts'
import { listLimits } from './limits.ts'
import { listType } from './type.ts'

export const lists = defineModule({
  name: 'list',
  types: [listType],
  commands: [
    ...pushCommands,
    ...popCommands,
    ...readCommands,
    ...editCommands,
    ...moveCommands,
    ...waitCommands,
    lpos,
  ],
  directives,
  debug: [packedThreshold],
  hooks: {
    onStart(engine) {
      const { config } = engine
      const limits = engine.limits.of(listLimits)
      config.follow<number>('list-max-listpack-size', ({ value }) => {
        limits.node = value
      })
      config.follow<number>('list-compress-depth', ({ value }) => {
        limits.depth = value
      })
    },
  },
})
