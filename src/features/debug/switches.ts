// switches.ts: the subcommands that change how the server behaves, or make it do one thing.

import { latin1 } from '../../bytes/memory/span.ts'
import { readUtf8 } from '../../bytes/text/utf8.ts'
import type { Reply } from '../../bytes/wire/reply.ts'
import type { Args } from '../../engine/arguments/args.ts'
import { rewriteConfiguration } from '../../engine/config/rewrite.ts'
import type { DebugSubcommand } from '../../engine/contract/debug-subcommand.ts'
import type { Context } from '../../engine/dispatch/context.ts'
import { errors } from './errors.ts'
import { looseInteger } from './loose-integer.ts'

export const switches: readonly DebugSubcommand[] = [
  {
    name: 'CHANGE-REPL-ID',
    usage: '',
    help: ['Gives the history of the data another name, as if it were other data.'],
    words: [2, 2],
    run({ engine }, _args, reply) {
      engine.host.log('notice', 'Changing replication IDs after receiving DEBUG change-repl-id')
      engine.replicationId = engine.random.hex(40)
      reply.ok()
    },
  },
  {
    name: 'CONFIG-REWRITE-FORCE-ALL',
    usage: '',
    help: ['Does as CONFIG REWRITE, and writes the directives with default values too.'],
    words: [2, 2],
    run: rewriteAll,
  },
  {
    name: 'DICT-RESIZING',
    usage: '<0|1>',
    help: ['Keeps the tables of the databases from growing and shrinking, or lets them.'],
    words: [3, 3],
    run({ engine }, args, reply) {
      const resizable = looseInteger(args.text(2)) !== 0
      for (const { dict } of engine.databases) dict.resizable = resizable
      reply.ok()
    },
  },
  {
    name: 'ERROR',
    usage: '<string>',
    help: ['Answers with the string as an error.'],
    words: [3, 3],
    // No error of this server: it is not counted.
    run: (_ctx, args, reply) => reply.error(args.text(2)),
  },
  {
    name: 'LOG',
    usage: '<message>',
    help: ['Writes the message to the log.'],
    words: [3, 3],
    run({ engine }, args, reply) {
      const bytes = latin1(args.text(2))
      engine.host.log('warning', `DEBUG LOG: ${readUtf8(bytes, 0, bytes.length)}`)
      reply.ok()
    },
  },
  {
    name: 'PAUSE-CRON',
    usage: '<0|1>',
    help: ['Stops what is done regularly, such as active expiry, or lets it go on.'],
    words: [3, 3],
    run({ engine }, args, reply) {
      engine.cronPaused = looseInteger(args.text(2)) !== 0
      reply.ok()
    },
  },
  {
    name: 'REPLYBUFFER',
    usage: '<PEAK-RESET-TIME NEVER|RESET|milliseconds | RESIZING 0|1>',
    help: ['Accepted without effect: clients share one reply buffer.'],
    words: [4, 4],
    run(_ctx, args, reply) {
      if (args.is(2, 'PEAK-RESET-TIME')) {
        if (!args.is(3, 'NEVER') && !args.is(3, 'RESET')) args.int64(3)
      } else if (!args.is(2, 'RESIZING')) throw errors.subcommandSyntax(args.text(1), 'DEBUG')
      reply.ok()
    },
  },
  {
    name: 'SET-ACTIVE-EXPIRE',
    usage: '<0|1>',
    help: ['Keeps keys that nobody asks for from expiring, or lets them.'],
    words: [3, 3],
    run({ engine }, args, reply) {
      engine.expiry.enabled = looseInteger(args.text(2)) !== 0
      reply.ok()
    },
  },
  {
    name: 'SET-DISABLE-DENY-SCRIPTS',
    usage: '<0|1>',
    help: ['Accepted without effect: there are no scripts.'],
    words: [3, 3],
    run: (_ctx, _args, reply) => reply.ok(),
  },
  {
    name: 'SET-SKIP-CHECKSUM-VALIDATION',
    usage: '<0|1>',
    help: ['Lets RESTORE and loading pass over wrong checksums, or not.'],
    words: [3, 3],
    run({ engine }, args, reply) {
      engine.limits.checksums = looseInteger(args.text(2)) === 0
      reply.ok()
    },
  },
  {
    name: 'SLEEP',
    usage: '<seconds>',
    help: ['Stops the server for that long; fractions are allowed.'],
    words: [3, 3],
    run({ engine }, args, reply) {
      const seconds = Number.parseFloat(args.text(2))
      if (seconds > 0) engine.clock.sleep(seconds * 1000)
      reply.ok()
    },
  },
]

function rewriteAll(ctx: Context, _args: Args, reply: Reply): void {
  const { config } = ctx.engine
  const { file } = config
  if (file === undefined) throw errors.debugRewrite('the server runs without a config file')
  try {
    file.replace(rewriteConfiguration(file.read(), config, true))
  } catch (error) {
    throw errors.debugRewrite(error instanceof Error ? error.message : String(error))
  }
  reply.ok()
}
