// gates.ts: what happens to commands between MULTI and EXEC: they are queued, but for the few that
// run at once and those that may not be part of a transaction. Both gates are armed by
// `session.beginTransaction`.

import { NO_MULTI, UNQUEUED } from '../../engine/command/flags.ts'
import { DONE, type Gate } from '../../engine/contract/gates.ts'
import { errors } from './errors.ts'

export const noMultiGate: Gate = {
  name: 'no-multi',
  forClients: true,
  applies: (command) => (command.flags & NO_MULTI) !== 0,
  check() {
    throw errors.notInMulti
  },
}

/** The last of all gates: what reaches it would run now. */
export const queueGate: Gate = {
  name: 'queue',
  forClients: true,
  applies: (command) => (command.flags & UNQUEUED) === 0,
  check(ctx, command, args) {
    ctx.session.transaction.add(command, args.words)
    ctx.engine.reply.simple('QUEUED')
    return DONE
  },
}
