// command.ts: COMMAND and the subcommands that describe and document the commands there are.

import type { Args } from '../../engine/arguments/args.ts'
import { defineCommand } from '../../engine/command/command.ts'
import { writeCommandDocs } from '../../engine/command/docs.ts'
import type { CommandFlag } from '../../engine/command/flags.ts'
import { replyHelp } from '../../engine/command/help.ts'
import { writeCommandInfo } from '../../engine/command/info.ts'
import type { BoundCommand } from '../../engine/command/table.ts'
import type { Engine } from '../../engine/dispatch/engine.ts'
import { getKeys, getKeysAndFlags } from './keys.ts'
import { list } from './list.ts'
import { commandNamed } from './lookup.ts'
import { wholeReplies } from './whole-replies.ts'

const flags: readonly CommandFlag[] = ['loading', 'stale']

const count = defineCommand({
  name: 'COMMAND COUNT',
  group: 'server',
  since: '2.8.13',
  summary: 'Counts the commands.',
  complexity: 'O(1)',
  flags,
  categories: ['connection'],
  run(ctx, _args, reply) {
    reply.integer(ctx.engine.table.size)
  },
})

const info = defineCommand({
  name: 'COMMAND INFO',
  group: 'server',
  since: '2.8.13',
  summary: 'Describes commands for programs to read.',
  complexity: 'O(N) for N commands asked for',
  syntax: 'command-name*',
  flags,
  tips: ['nondeterministic_output_order'],
  categories: ['connection'],
  history: [['7.0.0', 'without names it describes all']],
  run(ctx, args, reply) {
    if (args.count === 2) {
      ctx.engine.part(wholeReplies).info.write(ctx.engine, reply)
      return
    }
    reply.array(args.count - 2)
    for (let i = 2; i < args.count; i++) {
      const found = commandNamed(ctx.engine.table, args.at(i))
      if (found === undefined) reply.nil()
      else writeCommandInfo(found.command, reply)
    }
  },
})

const docs = defineCommand({
  name: 'COMMAND DOCS',
  group: 'server',
  since: '7.0.0',
  summary: 'Documents commands for people to read.',
  complexity: 'O(N) for N commands asked for',
  syntax: 'command-name*',
  flags,
  tips: ['nondeterministic_output_order'],
  categories: ['connection'],
  run(ctx, args, reply) {
    if (args.count === 2) {
      ctx.engine.part(wholeReplies).docs.write(ctx.engine, reply)
      return
    }
    const found = chosen(ctx.engine, args)
    reply.map(found.length)
    for (const { command } of found) writeCommandDocs(command, reply)
  },
})

/** The commands that are named, each as often as it is. */
function chosen({ table }: Engine, args: Args): readonly BoundCommand[] {
  const found: BoundCommand[] = []
  for (let i = 2; i < args.count; i++) {
    const one = commandNamed(table, args.at(i))
    if (one !== undefined) found.push(one)
  }
  return found
}

const help = defineCommand({
  name: 'COMMAND HELP',
  group: 'server',
  since: '5.0.0',
  summary: 'Lists the subcommands of COMMAND.',
  complexity: 'O(1)',
  flags,
  categories: ['connection'],
  run: (ctx, _args, reply) => replyHelp(ctx, reply),
})

export const command = defineCommand({
  name: 'COMMAND',
  group: 'server',
  since: '2.8.13',
  summary: 'Describes all commands.',
  complexity: 'O(N) for N commands',
  arity: -1,
  flags,
  tips: ['nondeterministic_output_order'],
  categories: ['connection'],
  subcommands: [count, list, info, docs, getKeys, getKeysAndFlags, help],
  run(ctx, _args, reply) {
    ctx.engine.part(wholeReplies).info.write(ctx.engine, reply)
  },
})
