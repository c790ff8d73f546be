// gate.ts: what a session that listens may send in RESP2, where messages look like replies: only
// what is answered by a push, or in a form that can be told from one. Armed while it listens.

import type { Command } from '../../engine/command/command.ts'
import { type Gate, PASS } from '../../engine/contract/gates.ts'
import { errors } from './errors.ts'

const ALLOWED = new Set([
  'ping',
  'subscribe',
  'unsubscribe',
  'psubscribe',
  'punsubscribe',
  'ssubscribe',
  'sunsubscribe',
  'quit',
  'reset',
])

export const listeningGate: Gate = {
  name: 'pubsub',
  applies: ({ fullName }: Command) => !ALLOWED.has(fullName),
  check(ctx, command) {
    if (ctx.session.protocol !== 2) return PASS
    throw errors.listening(command.fullName)
  },
}
