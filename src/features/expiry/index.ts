// index.ts: the module of keys that live for a time.

import { defineModule } from '../../engine/contract/module.ts'
import { directives } from './directives.ts'
import { expireCommands } from './expire.ts'
import { persist } from './persist.ts'
import { ttlCommands } from './ttl.ts'

export const expiry = defineModule({
  name: 'expiry',
  commands: [...expireCommands, ...ttlCommands, persist],
  directives,
  hooks: {
    onStart({ config, expiry }) {
      config.follow<number>('active-expire-effort', ({ value }) => {
        expiry.effort = value
      })
    },
  },
})
