// list.ts: COMMAND LIST.

import { latin1, Span } from '../../bytes/memory/span.ts'
import { globMatches } from '../../bytes/text/glob.ts'
import type { Args } from '../../engine/arguments/args.ts'
import { categoryNames } from '../../engine/command/categories.ts'
import { type Command, defineCommand } from '../../engine/command/command.ts'
import { errors } from '../../engine/contract/errors.ts'
import { eachCommand } from './lookup.ts'

type Filter = (command: Command) => boolean

export const list = defineCommand({
  name: 'COMMAND LIST',
  group: 'server',
  since: '7.0.0',
  summary: 'Lists the names of commands.',
  complexity: 'O(N) for N commands',
  syntax: '[FILTERBY (MODULE module-name | ACLCAT category | PATTERN pattern)]',
  flags: ['loading', 'stale'],
  tips: ['nondeterministic_output_order'],
  categories: ['connection'],
  run(ctx, args, reply) {
    const passes = readFilter(args)
    const names: string[] = []
    eachCommand(ctx.engine.table, ({ command }) => {
      if (passes(command)) names.push(command.fullName)
    })
    reply.array(names.length)
    for (const name of names) reply.text(name)
  },
})

/** The condition that the arguments state. @throws errors.syntax */
function readFilter(args: Args): Filter {
  if (args.count === 2) return () => true
  if (args.count !== 5 || !args.is(2, 'FILTERBY')) throw errors.syntax
  const wanted = args.text(4).toLowerCase()
  if (args.is(3, 'MODULE')) return ({ module }) => module?.toLowerCase() === wanted
  if (args.is(3, 'ACLCAT')) {
    return (command) => categoryNames(command).some((name) => name === wanted)
  }
  if (!args.is(3, 'PATTERN')) throw errors.syntax
  const pattern = args.at(4)
  return ({ fullName }) => globMatches(pattern, new Span(latin1(fullName)), true)
}
