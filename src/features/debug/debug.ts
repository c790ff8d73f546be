// debug.ts: DEBUG: finds the subcommand.

import { defineCommand } from '../../engine/command/command.ts'
import type { DebugSubcommand } from '../../engine/contract/debug-subcommand.ts'
import { errors } from '../../engine/contract/errors.ts'
import type { Module } from '../../engine/contract/module.ts'
import { crashes } from './crash.ts'
import { digests } from './digest.ts'
import { inspections } from './inspect.ts'
import { packed } from './packed.ts'
import { populate } from './populate.ts'
import { protocol } from './protocol.ts'
import { switches } from './switches.ts'

const own: readonly DebugSubcommand[] = [
  ...crashes,
  ...digests,
  ...inspections,
  ...packed,
  populate,
  protocol,
  ...switches,
]

const help: DebugSubcommand = {
  name: 'HELP',
  usage: '',
  help: ['Lists the subcommands of DEBUG.'],
  words: [2, 2],
  run({ engine }, _args, reply) {
    const lines = subcommandsOf(engine.modules).flatMap(({ name, usage, help }) => [
      usage === '' ? name : `${name} ${usage}`,
      ...help.map((line) => `    ${line}`),
    ])
    reply.array(lines.length + 1)
    reply.simple('DEBUG <subcommand> [<arg> [value] [opt] ...]. Subcommands are:')
    for (const line of lines) reply.simple(line)
  },
}

/** All of them, those of other modules too, by name; HELP is the last. */
export function subcommandsOf(modules: readonly Module[]): readonly DebugSubcommand[] {
  const others = modules.flatMap((module) => module.debug ?? [])
  return [...[...own, ...others].sort((a, b) => (a.name < b.name ? -1 : 1)), help]
}

export const debug = defineCommand({
  name: 'DEBUG',
  group: 'server',
  since: '1.0.0',
  summary: 'Reaches into the server, for its developers and tests.',
  complexity: 'that of the subcommand',
  arity: -2,
  flags: ['admin', 'noscript', 'loading', 'stale', 'protected'],
  allowedBy: 'enable-debug-command',
  system: true,
  run(ctx, args, reply) {
    const found = subcommandsOf(ctx.engine.modules).find(({ name }) => args.is(1, name))
    if (found === undefined || args.count < found.words[0] || args.count > found.words[1]) {
      throw errors.subcommandSyntax(args.text(1), 'DEBUG')
    }
    found.run(ctx, args, reply)
  },
})
