// index.ts: the module of the hash type.

import { defineModule } from '../../engine/contract/module.ts'
import { expireCommands } from './commands/expire.ts'
import { getCommands } from './commands/get.ts'
import { hgetex } from './commands/getex.ts'
import { incrementCommands } from './commands/increment.ts'
import { hrandfield } from './commands/random.ts'
import { removeCommands } from './commands/remove.ts'
import { hscan } from './commands/scan.ts'
import { setCommands } from './commands/set.ts'
import { hsetex } from './commands/setex.ts'
import { ttlCommands } from './commands/ttl.ts'
import { wholeCommands } from './commands/whole.ts'
import { directives } from './directives.ts'
import { hashLimits } from './limits.ts'
import { hashType } from './type.ts'

export const hashes = defineModule({
  name: 'hash',
  types: [hashType],
  commands: [
    ...setCommands,
    ...getCommands,
    ...wholeCommands,
    ...removeCommands,
    ...incrementCommands,
    ...expireCommands,
    ...ttlCommands,
    hgetex,
    hsetex,
    hrandfield,
    hscan,
  ],
  directives,
  hooks: {
    onStart(engine) {
      const { config } = engine
      const limits = engine.limits.of(hashLimits)
      config.follow<number>('hash-max-listpack-entries', ({ value }) => {
        limits.entries = value
      })
      config.follow<number>('hash-max-listpack-value', ({ value }) => {
        limits.value = value
      })
    },
  },
})
