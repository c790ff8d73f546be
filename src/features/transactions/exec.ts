// exec.ts: EXEC: runs what MULTI has queued, as one moment in time and one effect.

import type { Reply } from '../../bytes/reply.ts'
import { defineCommand } from '../../engine/command.ts'
import type { Context } from '../../engine/context.ts'
import { errors } from '../../engine/errors.ts'

export const exec = defineCommand({
  name: 'EXEC',
  group: 'transactions',
  since: '1.2.0',
  summary: 'Runs the commands of a transaction, one after the other and nothing in between.',
  complexity: 'that of the queued commands',
  flags: ['noscript', 'loading', 'stale', 'skip_slowlog', 'unqueued', 'runs_queue'],
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
  const { session, engine, command } = ctx
  const { transaction } = session
  const { output, stopwatch } = engine
  const began = stopwatch.micros
  // Its own writes are no conflict, and nobody has to look for its keys any more.
  transaction.unwatch()
  reply.array(transaction.queue.length)
  let heard = -1
  engine.freeze(() => {
    for (const queued of transaction.queue) {
      ctx.command = queued.command
      ctx.db = engine.databases[session.database]!
      engine.call(queued.command, engine.nestedArgs(queued.words))
      // One that closes the connection (CLIENT KILL) is the last whose reply is sent.
      if (session.closing && heard < 0) heard = output.mark()
    }
  })
  if (heard >= 0) output.rewind(heard)
  stopwatch.include(began)
  ctx.command = command
  session.endTransaction()
  // The effects are those of the queued commands.
  engine.effects.replace()
}
