// gate.ts: keeps DEBUG from whom the configuration does not allow it.

import { PROTECTED } from '../../engine/command-flags.ts'
import { errors } from '../../engine/errors.ts'
import { type Gate, PASS } from '../../engine/gates.ts'
import { allowsAction } from '../../engine/protected-action.ts'

const DIRECTIVE = 'enable-debug-command'

/** Comes first: whoever may not use the command is told so before anything else. */
export const protectedGate: Gate = {
  name: 'protected',
  applies: (command) => (command.flags & PROTECTED) !== 0,
  check({ engine, session }, { command }) {
    if (allowsAction(engine.config.string(DIRECTIVE), session)) return PASS
    throw errors.protectedCommand(command.fullName.toUpperCase(), DIRECTIVE)
  },
}
