// gate.ts: keeps commands that reach beyond the data from whom the configuration does not allow
// them: DEBUG, MODULE LOAD. The program that embeds the engine may do anything anyway.

import type { Command } from '../../engine/command/command.ts'
import { PROTECTED } from '../../engine/command/flags.ts'
import { allowsAction } from '../../engine/config/protected-action.ts'
import { type Gate, PASS } from '../../engine/contract/gates.ts'
import { errors } from './errors.ts'

/** Comes first: whoever may not use the command is told so before anything else. */
export const protectedGate: Gate = {
  name: 'protected',
  applies: isProtected,
  check({ engine, session }, { command, parent }) {
    if (!isProtected(command)) return PASS
    if (session.transport.isProgram === true) return PASS
    if (allowsAction(engine.config.string(command.allowedBy), session)) return PASS
    const { name } = parent?.command ?? command
    throw errors.protectedCommand(name.toUpperCase(), command.allowedBy)
  },
}

function isProtected(command: Command): command is Command & { readonly allowedBy: string } {
  return (command.flags & PROTECTED) !== 0 && command.allowedBy !== undefined
}
