// lookup.ts: finds commands by the names that COMMAND is given.

import type { Span } from '../../bytes/memory/span.ts'
import type { BoundCommand, CommandTable } from '../../engine/command/table.ts'

const BAR = 0x7c

/** The command of a name such as 'get' or 'config|get', in any case. */
export function commandNamed(table: CommandTable, name: Span): BoundCommand | undefined {
  const { bytes, start, end } = name
  let bar = start
  while (bar < end && bytes[bar] !== BAR) bar++
  const container = table.find(bytes, start, bar)
  if (bar === end) return container
  return container?.subcommands.find(bytes, bar + 1, end)
}

/** Visits every command and behind each its subcommands. */
export function eachCommand(table: CommandTable, visit: (command: BoundCommand) => void): void {
  for (const command of table.all()) {
    visit(command)
    eachCommand(command.subcommands, visit)
  }
}
