// connection.ts: commands for the connection itself.
// Declarations without a handler: whoever writes the handler moves its declaration beside it.

import type { Declaration } from '#src/engine/command/command.js'

export const connectionCommands: readonly Declaration[] = []
