// reset.ts: sets the counters of INFO back to zero.

import type { CommandTable } from '../../engine/command/table.ts'
import type { Engine } from '../../engine/dispatch/engine.ts'

/** Forgets what CONFIG RESETSTAT forgets: the server's counters, those of commands and errors. */
export function resetStatistics(engine: Engine): void {
  // What ran before has to be counted before it is forgotten.
  engine.stopwatch.catchUp()
  engine.stopwatch.reset()
  engine.stats.reset()
  resetCommands(engine.table)
}

function resetCommands(table: CommandTable): void {
  for (const command of table.all()) {
    command.stats.reset()
    resetCommands(command.subcommands)
  }
}
