// vector-set.ts: commands for vector sets, a module that the reference ships with.
// Declarations without a handler: whoever writes the handler moves its declaration beside it.

import type { Declaration } from '#src/engine/command/command.js'

export const vectorSetCommands: readonly Declaration[] = [
  {
    name: 'VADD',
    group: 'module',
    module: 'vectorset',
    keys: 'RW access update',
    flags: ['write', 'denyoom'],
  },
  {
    name: 'VCARD',
    group: 'module',
    module: 'vectorset',
    keys: 'RW access update',
    flags: ['readonly', 'fast'],
  },
  {
    name: 'VDIM',
    group: 'module',
    module: 'vectorset',
    keys: 'RW access update',
    flags: ['readonly', 'fast'],
  },
  {
    name: 'VEMB',
    group: 'module',
    module: 'vectorset',
    keys: 'RW access update',
    flags: ['readonly', 'fast'],
  },
  {
    name: 'VGETATTR',
    group: 'module',
    module: 'vectorset',
    keys: 'RW access update',
    flags: ['readonly', 'fast'],
  },
  {
    name: 'VINFO',
    group: 'module',
    module: 'vectorset',
    keys: 'RW access update',
    flags: ['readonly', 'fast'],
  },
  {
    name: 'VISMEMBER',
    group: 'module',
    module: 'vectorset',
    keys: 'RW access update',
    flags: ['readonly'],
  },
  {
    name: 'VLINKS',
    group: 'module',
    module: 'vectorset',
    keys: 'RW access update',
    flags: ['readonly', 'fast'],
  },
  {
    name: 'VRANDMEMBER',
    group: 'module',
    module: 'vectorset',
    keys: 'RW access update',
    flags: ['readonly'],
  },
  {
    name: 'VREM',
    group: 'module',
    module: 'vectorset',
    keys: 'RW access update',
    flags: ['write'],
  },
  {
    name: 'VSETATTR',
    group: 'module',
    module: 'vectorset',
    keys: 'RW access update',
    flags: ['write', 'fast'],
  },
  {
    name: 'VSIM',
    group: 'module',
    module: 'vectorset',
    keys: 'RW access update',
    flags: ['readonly'],
  },
]
