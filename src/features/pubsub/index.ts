// index.ts: the module of channels, and of keyspace events that are told through them.

import { defineModule } from '../../engine/contract/module.ts'
import type { Session } from '../../engine/session/session.ts'
import { directives } from './directives.ts'
import { listeningGate } from './gate.ts'
import { publishEvents } from './notifications.ts'
import { publishCommands } from './publish.ts'
import { pubsubCommand } from './pubsub.ts'
import { subscribeCommands } from './subscribe.ts'
import { pubsub } from './subscriptions.ts'

export const channels = defineModule({
  name: 'pubsub',
  commands: [...subscribeCommands, ...publishCommands, pubsubCommand],
  gates: [listeningGate],
  directives,
  hooks: {
    onStart: publishEvents,
    onSessionReset: forget,
    onSessionEnd: forget,
  },
})

function forget(session: Session): void {
  session.engine.peek(pubsub)?.forget(session)
}
