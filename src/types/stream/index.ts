// index.ts: the module of the stream type.

import { defineModule } from '../../engine/contract/module.ts'
import { addCommands } from './commands/add.ts'
import { claimCommands } from './commands/claim.ts'
import { deleteCommands } from './commands/delete.ts'
import { groupCommands } from './commands/group.ts'
import { infoCommands } from './commands/info.ts'
import { pendingCommands } from './commands/pending.ts'
import { rangeCommands } from './commands/range.ts'
import { readCommands } from './commands/read.ts'
import { readGroupCommands } from './commands/read-group.ts'
import { setIdCommands } from './commands/set-id.ts'
import { directives } from './directives.ts'
import { streamLimits } from './limits.ts'
import { streamType } from './type.ts'

export const streams = defineModule({
  name: 'stream',
  types: [streamType],
  commands: [
    ...addCommands,
    ...rangeCommands,
    ...readCommands,
    ...readGroupCommands,
    ...deleteCommands,
    ...groupCommands,
    ...pendingCommands,
    ...claimCommands,
    ...infoCommands,
    ...setIdCommands,
  ],
  directives,
  hooks: {
    onStart(engine) {
      const { config } = engine
      const limits = engine.limits.of(streamLimits)
      config.follow<number>('stream-node-max-bytes', ({ value }) => {
        limits.nodeBytes = value
      })
      config.follow<number>('stream-node-max-entries', ({ value }) => {
        limits.nodeEntries = value
      })
    },
  },
})
