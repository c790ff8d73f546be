// help.ts: what CONTAINER HELP answers: a line for each subcommand with its arguments, and under
// it what it does, both from the declarations.

import type { Reply } from '../../bytes/wire/reply.ts'
import type { Context } from '../dispatch/context.ts'
import type { Command } from './command.ts'
import type { Argument } from './syntax.ts'

/** Answers the HELP subcommand that runs. */
export function replyHelp(ctx: Context, reply: Reply): void {
  const container = ctx.command.parent!.command
  reply.array(1 + 2 * container.subcommands.length)
  const name = container.name.toUpperCase()
  reply.simple(`${name} <subcommand> [<arg> [value] [opt] ...]. Subcommands are:`)
  for (const subcommand of container.subcommands) {
    reply.simple(usageOf(subcommand))
    reply.simple(`    ${subcommand.summary}`)
  }
}

/** A command's own name with its arguments: 'USAGE <key> [SAMPLES <count>]'. */
export function usageOf(command: Command): string {
  return [command.name.toUpperCase(), ...command.arguments.map(usageOfArgument)].join(' ')
}

function usageOfArgument(argument: Argument): string {
  const usage = withoutMarks(argument)
  const repeated = argument.multiple ? `${usage} [${usage} ...]` : usage
  return argument.optional ? `[${repeated}]` : repeated
}

function withoutMarks({ type, token, display, arguments: parts }: Argument): string {
  if (type === 'oneof') return parts.map(usageOfArgument).join(' | ')
  if (type === 'pure-token') return token ?? ''
  const value = type === 'block' ? parts.map(usageOfArgument).join(' ') : `<${display}>`
  return token === undefined ? value : `${token} ${value}`
}
