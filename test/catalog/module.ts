// module.ts: commands for modules.
// Declarations without a handler: whoever writes the handler moves its declaration beside it.

import type { Declaration } from '#src/engine/command.js'

export const moduleCommands: readonly Declaration[] = [
  {
    name: 'MODULE',
    group: 'server',
    since: '4.0.0',
    summary: 'Loads modules and lists them.',
    complexity: 'that of the subcommand',
  },
  {
    name: 'MODULE LIST',
    group: 'server',
    since: '4.0.0',
    summary: 'Lists the modules that are loaded.',
    complexity: 'O(N) for N modules',
    flags: ['admin', 'noscript'],
    tips: ['nondeterministic_output_order'],
  },
  {
    name: 'MODULE LOAD',
    group: 'server',
    since: '4.0.0',
    summary: 'Loads a module from a file.',
    complexity: 'O(1)',
    syntax: 'path arg*',
    flags: ['admin', 'noscript', 'no_async_loading', 'protected'],
  },
  {
    name: 'MODULE LOADEX',
    group: 'server',
    since: '7.0.0',
    summary: 'Loads a module together with its directives.',
    complexity: 'O(1)',
    syntax: 'path [CONFIG (configs: name value)]* [ARGS args+]',
    flags: ['admin', 'noscript', 'no_async_loading', 'protected'],
  },
  {
    name: 'MODULE UNLOAD',
    group: 'server',
    since: '4.0.0',
    summary: 'Takes a module out.',
    complexity: 'O(1)',
    syntax: 'name',
    flags: ['admin', 'noscript', 'no_async_loading', 'protected'],
  },
  {
    name: 'MODULE HELP',
    group: 'server',
    since: '5.0.0',
    summary: 'Lists the subcommands of MODULE.',
    complexity: 'O(1)',
    flags: ['loading', 'stale'],
  },
]
