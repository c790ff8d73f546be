// info.ts: INFO: the sections that all modules contribute, in redis-server's order and format.

import { defineCommand } from '../../engine/command/command.ts'
import type { InfoSection } from '../../engine/contract/module.ts'
import type { Engine } from '../../engine/dispatch/engine.ts'

/** The order of the sections; those of other names come behind, in the order of the modules. */
const ORDER = [
  'server',
  'clients',
  'memory',
  'persistence',
  'threads',
  'stats',
  'replication',
  'cpu',
  'modules',
  'commandstats',
  'errorstats',
  'latencystats',
  'cluster',
  'keyspace',
  'keysizes',
  'debug',
]

export const info = defineCommand({
  name: 'INFO',
  group: 'server',
  since: '1.0.0',
  summary: 'Tells how the server is, with its counters.',
  complexity: 'O(1)',
  syntax: 'section*',
  flags: ['loading', 'stale'],
  tips: ['nondeterministic_output', 'request_policy:all_shards', 'response_policy:special'],
  categories: ['dangerous'],
  history: [['7.0.0', 'takes several sections']],
  run(ctx, args, reply) {
    const names: string[] = []
    for (let i = 1; i < args.count; i++) names.push(args.text(i))
    reply.verbatim('txt', infoText(ctx.engine, names))
  },
})

/**
 * The text of INFO.
 * @param names sections in any case, 'default', 'all', 'everything'; none for the default ones
 */
export function infoText(engine: Engine, names: readonly string[]): string {
  engine.stopwatch.catchUp()
  const isWanted = choice(names.map((name) => name.toLowerCase()))
  return sectionsOf(engine)
    .filter(isWanted)
    .map((section) => print(section, engine))
    .join('\r\n')
}

function choice(names: readonly string[]): (section: InfoSection) => boolean {
  const wanted = new Set(names)
  const ofModules = wanted.has('everything') || wanted.has('modules')
  const all = wanted.has('all') || wanted.has('everything')
  const usual = names.length === 0 || wanted.has('default')
  return ({ name, alias, byDefault }) => {
    if (wanted.has(name) || (alias !== undefined && wanted.has(alias))) return true
    if (byDefault === 'everything') return ofModules
    return byDefault !== 'named' && (all || (usual && byDefault))
  }
}

function sectionsOf(engine: Engine): InfoSection[] {
  const sections = engine.modules.flatMap((module) => module.info ?? [])
  return sections.sort((a, b) => place(a) - place(b))
}

function place({ name }: InfoSection): number {
  const at = ORDER.indexOf(name)
  return at < 0 ? ORDER.length : at
}

function print(section: InfoSection, engine: Engine): string {
  const { name } = section
  let text = `# ${section.title ?? name.charAt(0).toUpperCase() + name.slice(1)}\r\n`
  for (const [field, value] of section.fields(engine)) text += `${field}:${value}\r\n`
  return text
}
