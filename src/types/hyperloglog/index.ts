// index.ts: the module of the commands that see a string as a HyperLogLog.

import { defineModule } from '../../engine/contract/module.ts'
import { addCommands } from './commands/add.ts'
import { countCommands } from './commands/count.ts'
import { debugCommands } from './commands/debug.ts'
import { mergeCommands } from './commands/merge.ts'
import { selfTestCommands } from './commands/self-test.ts'
import { directives } from './directives.ts'
import { hyperLogLogLimits } from './limits.ts'

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
        limits.of(hyperLogLogLimits).sparse = value
      })
    },
  },
})
