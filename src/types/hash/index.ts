// index.ts: the module of the hash type.

import { defineModule } from '../../engine/module.ts'
import { directives } from './directives.ts'
import { expireCommands } from './expire.ts'
import { getCommands } from './get.ts'
import { hgetex } from './getex.ts'
import { hashType } from './hash-type.ts'
import { incrementCommands } from './increment.ts'
import { hrandfield } from './random.ts'
import { removeCommands } from './remove.ts'
import { hscan } from './scan.ts'
import { setCommands } from './set.ts'
import { hsetex } from './setex.ts'
import { ttlCommands } from './ttl.ts'
import { wholeCommands } from './whole.ts'

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
    onStart({ config, limits }) {
      config.follow<number>('hash-max-listpack-entries', ({ value }) => {
        limits.hashEntries = value
      })
      config.follow<number>('hash-max-listpack-value', ({ value }) => {
        limits.hashValue = value
      })
    },
  },
})
