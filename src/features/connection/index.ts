// index.ts: the module of connection commands.

import { defineModule } from '../../engine/contract/module.ts'
import { auth, authGate, followPassword, greetUnauthenticated } from './auth.ts'
import { client } from './client.ts'
import { evictClients, followClientMemory, watchClientMemory } from './client-eviction.ts'
import { pausedGate } from './client-pause.ts'
import { directives } from './directives.ts'
import { hello } from './hello.ts'
import { pause } from './pause.ts'
import { echo, ping } from './ping.ts'
import { quit, reset } from './reset.ts'

export const connection = defineModule({
  name: 'connection',
  commands: [auth, hello, ping, echo, quit, reset, client],
  gates: [authGate, pausedGate],
  directives,
  hooks: {
    onStart(engine) {
      followPassword(engine)
      followClientMemory(engine)
    },
    onSessionStart: greetUnauthenticated,
    onSessionEnd: (session) => session.engine.peek(pause)?.forget(session),
    onTick: watchClientMemory,
    onCrowded: evictClients,
  },
})
