// index.ts: the module of channels, and of keyspace events that are told through them.

import { defineModule } from '../../engine/module.ts'
import { directives } from './directives.ts'
import { listeningGate } from './gate.ts'
import { setListener } from './listening.ts'
import { publishEvents } from './notifications.ts'
import { publishCommands } from './publish.ts'
import { pubsub } from './pubsub.ts'
import { subscribeCommands } from './subscribe.ts'

export const channels = defineModule({
  name: 'pubsub',
  commands: [...subscribeCommands, ...publishCommands, pubsub],
  gates: [listeningGate],
  directives,
  hooks: {
    onStart: publishEvents,
    onSessionReset(session) {
      session.engine.pubsub.forget(session)
      setListener(session, false)
    },
    onSessionEnd: (session) => setListener(session, false),
  },
})
