// reset.ts: sets the counters of INFO back to zero.

import type { Engine } from '../../engine/engine.ts'
import type { CommandTable } from '../../engine/table.ts'

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
