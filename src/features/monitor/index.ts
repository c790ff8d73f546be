// index.ts: MONITOR: shows a session every command that any session has run. To the reference such
// a session is a kind of replica: it may not touch keys itself.

import { defineCommand } from '../../engine/command/command.ts'
import { MAY_REPLICATE, READONLY, WRITE } from '../../engine/command/flags.ts'
import { type Gate, gateBit, PASS } from '../../engine/contract/gates.ts'
import { defineModule } from '../../engine/contract/module.ts'
import { errors } from './errors.ts'
import { monitors } from './monitors.ts'

const TOUCHES_KEYS = READONLY | WRITE | MAY_REPLICATE

const monitor = defineCommand({
  name: 'MONITOR',
  group: 'server',
  since: '1.0.0',
  summary: 'Shows every command as the server receives it.',
  flags: ['admin', 'noscript', 'loading', 'stale'],
  reply: 'OK',
  run(ctx, _args, reply) {
    const { session, engine } = ctx
    if (!ctx.mayListen || !ctx.mayBlock) throw errors.denyMonitor
    // A second MONITOR is not even answered.
    const all = engine.part(monitors)
    if (all.has(session)) return
    all.add(session)
    session.armed |= gateBit('replica-link')
    reply.ok()
  },
})

const keysGate: Gate = {
  name: 'replica-link',
  applies: ({ flags }) => (flags & TOUCHES_KEYS) !== 0,
  coversQueue: true,
  check(_ctx, _command, _args, flags) {
    if ((flags & TOUCHES_KEYS) === 0) return PASS
    throw errors.monitorKeys
  },
}

export const monitoring = defineModule({
  name: 'monitor',
  commands: [monitor],
  gates: [keysGate],
  hooks: {
    onSessionReset(session) {
      session.engine.peek(monitors)?.remove(session)
      session.armed &= ~gateBit('replica-link')
    },
    onSessionEnd: (session) => session.engine.peek(monitors)?.remove(session),
  },
})
