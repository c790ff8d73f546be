// shutdown.ts: SHUTDOWN: asks the host to end.

import type { Args } from '../../engine/arguments/args.ts'
import { defineCommand } from '../../engine/command/command.ts'
import { errors } from './errors.ts'

export const shutdown = defineCommand({
  name: 'SHUTDOWN',
  group: 'server',
  since: '1.0.0',
  summary: 'Saves if it is to, and ends the server.',
  complexity: 'O(N) for N keys when it saves, else O(1)',
  syntax: '[save-selector: NOSAVE | SAVE] [NOW]@7.0 [FORCE]@7.0 [ABORT]@7.0',
  flags: ['admin', 'noscript', 'loading', 'stale', 'no_multi', 'allow_busy'],
  history: [['7.0.0', 'takes NOW, FORCE and ABORT']],
  run(ctx, args) {
    const { abort, noSave, save, now, force } = readOptions(args)
    if (save && noSave) throw errors.syntax
    if (abort && (noSave || save || now || force)) throw errors.syntax
    // A shutdown waits for nothing yet, so that none can be in progress.
    if (abort) throw errors.noShutdown
    const wanted = noSave ? 'no' : save ? 'yes' : 'configured'
    if (!ctx.engine.host.shutdown({ save: wanted, now, force })) throw errors.shutdownFailed
    // Nothing is answered: the client sees its connection end.
    ctx.session.closing = true
  },
})

function readOptions(args: Args) {
  const options = { noSave: false, save: false, now: false, force: false, abort: false }
  for (let i = 1; i < args.count; i++) {
    if (args.is(i, 'NOSAVE')) options.noSave = true
    else if (args.is(i, 'SAVE')) options.save = true
    else if (args.is(i, 'NOW')) options.now = true
    else if (args.is(i, 'FORCE')) options.force = true
    else if (args.is(i, 'ABORT')) options.abort = true
    else throw errors.syntax
  }
  return options
}
