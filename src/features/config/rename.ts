// rename.ts: rename-command: the answer of the command table to a line of the configuration.

import type { CommandTable } from '../../engine/command/table.ts'

/**
 * Gives a command another name, or none.
 * @param to the new name; empty to take the command away
 * @returns 'unknown' when nothing is called `from`, 'taken' when something is called `to`
 */
export function renameCommand(
  table: CommandTable,
  from: string,
  to: string,
): 'renamed' | 'unknown' | 'taken' {
  const command = table.get(from)
  if (command === undefined) return 'unknown'
  table.remove(from)
  if (to === '') return 'renamed'
  if (table.get(to) !== undefined) return 'taken'
  table.add(to, command)
  return 'renamed'
}
