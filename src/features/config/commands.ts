// commands.ts: CONFIG.

import { defineCommand } from '../../engine/command/command.ts'
import type { CommandFlag } from '../../engine/command/flags.ts'
import type { SetFault } from '../../engine/config/configuration.ts'
import { allowsAction } from '../../engine/config/protected-action.ts'
import { rewriteConfiguration } from '../../engine/config/rewrite.ts'
import { errors } from './errors.ts'
import { resetStatistics } from './reset.ts'

const flags: readonly CommandFlag[] = ['admin', 'noscript', 'loading', 'stale']
const everyNode = ['request_policy:all_nodes', 'response_policy:all_succeeded']

const get = defineCommand({
  name: 'CONFIG GET',
  group: 'server',
  since: '2.0.0',
  summary: 'Reads the directives that match.',
  complexity: 'O(N) for N directives',
  syntax: 'parameter+',
  flags,
  history: [['7.0.0', 'takes several patterns']],
  run(ctx, args, reply) {
    const patterns: string[] = []
    for (let i = 2; i < args.count; i++) patterns.push(args.text(i))
    const found = ctx.engine.config.get(patterns)
    reply.map(found.length)
    for (const [name, text] of found) {
      reply.bytes(name)
      reply.bytes(text)
    }
  },
})

const set = defineCommand({
  name: 'CONFIG SET',
  group: 'server',
  since: '2.0.0',
  summary: 'Changes directives, all of them or none.',
  complexity: 'O(N) for N directives',
  syntax: '(parameter value)+',
  flags,
  tips: everyNode,
  history: [['7.0.0', 'takes several directives']],
  run(ctx, args, reply) {
    if (args.count % 2 !== 0) throw errors.syntax
    const pairs: [string, string][] = []
    for (let i = 2; i < args.count; i += 2) pairs.push([args.text(i), args.text(i + 1)])
    const { config } = ctx.engine
    const trusted = allowsAction(config.string('enable-protected-configs'), ctx.session)
    const fault = config.set(pairs, trusted)
    if (fault !== undefined) throw errors.because(faultLine(fault))
    reply.ok()
  },
})

const resetStat = defineCommand({
  name: 'CONFIG RESETSTAT',
  group: 'server',
  since: '2.0.0',
  summary: 'Sets the counters of INFO back to zero.',
  complexity: 'O(1)',
  flags,
  tips: everyNode,
  run(ctx, _args, reply) {
    resetStatistics(ctx.engine)
    reply.ok()
  },
})

const rewrite = defineCommand({
  name: 'CONFIG REWRITE',
  group: 'server',
  since: '2.8.0',
  summary: 'Writes the present configuration to the configuration file.',
  complexity: 'O(1)',
  flags,
  tips: everyNode,
  run(ctx, _args, reply) {
    const { config } = ctx.engine
    const { file } = config
    if (file === undefined) {
      throw errors.noConfigFile
    }
    try {
      file.replace(rewriteConfiguration(file.read(), config))
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      throw errors.rewriteFailed(oneLine(reason))
    }
    reply.ok()
  },
})

const help = defineCommand({
  name: 'CONFIG HELP',
  group: 'server',
  since: '5.0.0',
  summary: 'Lists the subcommands of CONFIG.',
  complexity: 'O(1)',
  flags: ['loading', 'stale'],
  run(_ctx, _args, reply) {
    reply.array(HELP.length)
    for (const line of HELP) reply.simple(line)
  },
})

const HELP = [
  'CONFIG <subcommand> [<arg> [value] [opt] ...]. Subcommands are:',
  'GET <name or pattern> [<name or pattern> ...]',
  `    ${get.summary}`,
  'SET <directive> <value> [<directive> <value> ...]',
  `    ${set.summary}`,
  'RESETSTAT',
  `    ${resetStat.summary}`,
  'REWRITE',
  `    ${rewrite.summary}`,
  'HELP',
  `    ${help.summary}`,
]

export const config = defineCommand({
  name: 'CONFIG',
  group: 'server',
  since: '2.0.0',
  summary: 'Reads and changes the configuration.',
  complexity: 'that of the subcommand',
  subcommands: [get, set, resetStat, rewrite, help],
})

/** The error reply for a CONFIG SET that changed nothing, without the '-'. */
export function faultLine({ unknown, name, reason }: SetFault): string {
  if (unknown !== undefined) {
    const shown = unknown.split('\0', 1)[0]
    return oneLine(`ERR Unknown option or number of arguments for CONFIG SET - '${shown}'`)
  }
  const cause = reason === '' ? '' : ` - ${reason}`
  return oneLine(`ERR CONFIG SET failed (possibly related to argument '${name}')${cause}`)
}

/** An error reply ends at a line break, which a name may hold. */
function oneLine(line: string): string {
  return line.replace(/[\r\n]/g, ' ')
}
