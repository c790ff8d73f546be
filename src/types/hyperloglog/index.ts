// index.ts: the module of the commands that see a string as a HyperLogLog.

import { defineModule } from '../../engine/module.ts'
import { addCommands } from './add.ts'
import { countCommands } from './count.ts'
import { debugCommands } from './debug.ts'
import { directives } from './directives.ts'
import { mergeCommands } from './merge.ts'
import { selfTestCommands } from './self-test.ts'

export const hyperLogLogs = defineModule({
  name: 'hyperloglog',
  commands: [
    ...addCommands,
    ...countCommands,
    ...mergeCommands,
    ...debugCommands,
    ...selfTestCommands,
  ],
  directives,
  hooks: {
    onStart({ config, limits }) {
      config.follow<number>('hll-sparse-max-bytes', ({ value }) => {
        limits.hyperLogLogSparse = value
      })
    },
  },
})
