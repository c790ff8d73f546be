// exec.ts: EXEC: runs what MULTI has queued, as one moment in time and one effect.

import type { Reply } from '../../bytes/wire/reply.ts'
import { defineCommand } from '../../engine/command/command.ts'
import type { Context } from '../../engine/dispatch/context.ts'
import { errors } from './errors.ts'

export const exec = defineCommand({
  name: 'EXEC',
  group: 'transactions',
  since: '1.2.0',
  summary: 'Runs the commands of a transaction, one after the other and nothing in between.',
  complexity: 'that of the queued commands',
  flags: [
    'noscript',
    'loading',
    'stale',
    'skip_slowlog',
    'unqueued',
    'runs_queue',
    'runs_commands',
  ],
  run(ctx, _args, reply) {
    const { session, engine } = ctx
    const { transaction } = session
    if (!transaction.open) throw errors.execWithoutMulti
    if (transaction.hasExpired(engine.databases, ctx.now)) transaction.dirtyCas = true
    const { dirtyExec, dirtyCas } = transaction
    if (!dirtyExec && !dirtyCas) {
      runQueue(ctx, reply)
      return
    }
    session.endTransaction()
    if (dirtyExec) throw errors.execAbort
    reply.nilArray()
  },
})

/** Runs everything that is queued; an error of one command does not stop the others. */
function runQueue(ctx: Context, reply: Reply): void {
  const { session, engine } = ctx
  const { transaction } = session
  const { dispatcher, output } = engine
  // Its own writes are no conflict, and nobody has to look for its keys any more.
  transaction.unwatch()
  reply.array(transaction.queue.length)
  let heard = -1
  for (const { command, words } of transaction.queue) {
    dispatcher.invoke(session, words, command)
    // One that closes the connection (CLIENT KILL) is the last whose reply is sent.
    if (session.closing && heard < 0) heard = output.mark()
  }
  if (heard >= 0) output.rewind(heard)
  session.endTransaction()
}
