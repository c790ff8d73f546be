// index.ts: the module of the list type.

import { defineModule } from '../../engine/module.ts'
import { packedThreshold } from './debug.ts'
import { directives } from './directives.ts'
import { editCommands } from './edit.ts'
import { moveCommands } from './move.ts'
import { popCommands } from './pop.ts'
import { lpos } from './position.ts'
import { pushCommands } from './push.ts'
import { readCommands } from './read.ts'
import { listType } from './type.ts'
import { waitCommands } from './wait.ts'

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
    onStart({ config, limits }) {
      config.follow<number>('list-max-listpack-size', ({ value }) => {
        limits.listNode = value
      })
      config.follow<number>('list-compress-depth', ({ value }) => {
        limits.listDepth = value
      })
    },
  },
})
