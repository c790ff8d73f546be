// command-help.ts: what a container's HELP answers, derived from its subcommands' declarations.

import type { Reply } from '../bytes/reply.ts'
import type { Command } from './command.ts'
import type { Argument } from './syntax.ts'

/** Replies to HELP: a status line for the use and one for the sense of every subcommand. */
export function writeHelp(container: Command, reply: Reply): void {
  const lines = helpLines(container)
  reply.array(lines.length)
  for (const line of lines) reply.simple(line)
}

/** The lines of HELP, those with sentences indented. */
export function helpLines(container: Command): string[] {
  const name = container.fullName.toUpperCase()
  const lines = [`${name} <subcommand> [<arg> [value] [opt] ...]. Subcommands are:`]
  if (container.run !== undefined) {
    lines.push('(no subcommand)', `    ${container.summary}`)
  }
  for (const sub of container.subcommands) {
    const uses = [sub.name.toUpperCase(), ...sub.arguments.map(useOf)]
    lines.push(uses.join(' '), `    ${sub.summary}`)
  }
  return lines
}

/** How an argument is written: what may be left out in brackets, what may be repeated with dots. */
function useOf(argument: Argument): string {
  const body = [argument.token, bodyOf(argument)].filter((part) => part !== undefined).join(' ')
  const again = argument.multipleToken ? body : (bodyOf(argument) ?? body)
  const use = argument.multiple ? `${body} [${again} ...]` : body
  return argument.optional ? `[${use}]` : use
}

function bodyOf(argument: Argument): string | undefined {
  if (argument.type === 'pure-token') return undefined
  const parts = argument.arguments.map(useOf)
  if (argument.type === 'block') return parts.join(' ')
  if (argument.type !== 'oneof') return `<${argument.display ?? argument.name}>`
  return argument.optional ? parts.join('|') : `<${parts.join('|')}>`
}
