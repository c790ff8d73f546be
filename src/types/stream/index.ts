// index.ts: the module of the stream type.

import { defineModule } from '../../engine/module.ts'
import { addCommands } from './add.ts'
import { claimCommands } from './claim.ts'
import { deleteCommands } from './delete.ts'
import { directives } from './directives.ts'
import { groupCommands } from './groups.ts'
import { infoCommands } from './info.ts'
import { pendingCommands } from './pending.ts'
import { rangeCommands } from './range.ts'
import { readCommands } from './read.ts'
import { readGroupCommands } from './read-group.ts'
import { setIdCommands } from './set-id.ts'
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
    onStart({ config, limits }) {
      config.follow<number>('stream-node-max-bytes', ({ value }) => {
        limits.streamNodeBytes = value
      })
      config.follow<number>('stream-node-max-entries', ({ value }) => {
        limits.streamNodeEntries = value
      })
    },
  },
})
