// commands.ts: MODULE.

import type { Args } from '../../engine/arguments/args.ts'
import { defineCommand } from '../../engine/command/command.ts'
import type { CommandFlag } from '../../engine/command/flags.ts'
import { replyHelp } from '../../engine/command/help.ts'
import type { Context } from '../../engine/dispatch/context.ts'
import { errors } from './errors.ts'
import { type LoadRequest, loadModule, unloadModule } from './load.ts'
import { origins, outsideModules } from './loaded.ts'

const flags: readonly CommandFlag[] = ['admin', 'noscript', 'no_async_loading', 'protected']
const allowedBy = 'enable-module-command'

const list = defineCommand({
  name: 'MODULE LIST',
  group: 'server',
  since: '4.0.0',
  summary: 'Lists the modules that are loaded.',
  complexity: 'O(N) for N modules',
  flags: ['admin', 'noscript'],
  tips: ['nondeterministic_output_order'],
  run({ engine }, _args, reply) {
    const modules = outsideModules(engine)
    reply.array(modules.length)
    for (const module of modules) {
      const origin = engine.part(origins).get(module)
      reply.map(4)
      reply.text('name')
      reply.text(module.name)
      reply.text('ver')
      reply.integer(module.version ?? 0)
      reply.text('path')
      reply.bytes(origin?.path ?? '')
      reply.text('args')
      reply.array(origin?.args.length ?? 0)
      for (const arg of origin?.args ?? []) reply.bytes(arg)
    }
  },
})

const load = defineCommand({
  name: 'MODULE LOAD',
  group: 'server',
  since: '4.0.0',
  summary: 'Loads a module from a file.',
  complexity: 'O(1)',
  syntax: 'path arg*',
  flags,
  allowedBy,
  run(ctx, args) {
    const request = { path: args.text(2), args: textsFrom(args, 3), settings: new Map() }
    loadLater(ctx, request, false)
  },
})

const loadEx = defineCommand({
  name: 'MODULE LOADEX',
  group: 'server',
  since: '7.0.0',
  summary: 'Loads a module together with its directives.',
  complexity: 'O(1)',
  syntax: 'path [CONFIG (configs: name value)]* [ARGS args+]',
  flags,
  allowedBy,
  run(ctx, args) {
    loadLater(ctx, readRequest(ctx, args), true)
  },
})

const unload = defineCommand({
  name: 'MODULE UNLOAD',
  group: 'server',
  since: '4.0.0',
  summary: 'Takes a module out.',
  complexity: 'O(1)',
  syntax: 'name',
  flags,
  allowedBy,
  run({ engine }, args, reply) {
    const name = args.text(2)
    const reason = unloadModule(engine, name)
    if (reason !== undefined) {
      engine.host.log('warning', `Error unloading module ${name}: ${reason}`)
      throw errors.notUnloaded(reason)
    }
    reply.ok()
  },
})

const help = defineCommand({
  name: 'MODULE HELP',
  group: 'server',
  since: '5.0.0',
  summary: 'Lists the subcommands of MODULE.',
  complexity: 'O(1)',
  flags: ['loading', 'stale'],
  run: (ctx, _args, reply) => replyHelp(ctx, reply),
})

export const module = defineCommand({
  name: 'MODULE',
  group: 'server',
  since: '4.0.0',
  summary: 'Loads modules and lists them.',
  complexity: 'that of the subcommand',
  subcommands: [list, load, loadEx, unload, help],
})

/** The arguments of MODULE LOADEX. @throws errors.notLoaded */
function readRequest({ engine }: Context, args: Args): LoadRequest {
  const settings = new Map<string, string>()
  let i = 3
  const fail = (line: string) => {
    engine.host.log('notice', line)
    throw errors.notLoaded
  }
  while (i < args.count && !args.is(i, 'ARGS')) {
    if (!args.is(i, 'CONFIG')) {
      fail(`Syntax Error from arguments to loadex around ${args.text(i)}.`)
    }
    if (i + 2 >= args.count) fail('CONFIG specified without name value pair')
    settings.set(args.text(i + 1).toLowerCase(), args.text(i + 2))
    i += 3
  }
  return { path: args.text(2), args: textsFrom(args, i + 1), settings }
}

function textsFrom(args: Args, first: number): string[] {
  return Array.from({ length: Math.max(0, args.count - first) }, (_, i) => args.text(first + i))
}

/** Suspends the session until the file is there or is not. */
function loadLater(ctx: Context, request: LoadRequest, isStrict: boolean): void {
  const { engine, session } = ctx
  const fault = faultOf(ctx)
  if (fault !== undefined) {
    engine.host.log('warning', `Module ${request.path} failed to load: ${fault}`)
    throw errors.notLoaded
  }
  ctx.block({
    keys: [],
    type: undefined,
    timeoutMs: 0,
    timedOut: (reply) => reply.error(errors.notLoaded.line),
  })
  const blocked = session.blocked!
  void loadModule(engine, request, isStrict).then((settings) => {
    engine.beginBatch()
    engine.blocking.finish(blocked, settings === undefined ? errors.notLoaded : undefined)
    engine.turn.settle()
  })
}

/** Why no file can be loaded here; undefined where one can. */
function faultOf({ engine, mayBlock }: Context): string | undefined {
  if (engine.host.importFile === undefined) return 'there are no files here'
  return mayBlock ? undefined : 'a transaction cannot wait for a file'
}
