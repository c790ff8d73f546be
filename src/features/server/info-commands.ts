// info-commands.ts: the sections on commands, errors and latencies.

import type { BoundCommand, CommandTable } from '../../engine/command/table.ts'
import { percentiles } from '../../engine/config/directive-specials.ts'
import type { InfoSection } from '../../engine/contract/module.ts'
import type { Engine } from '../../engine/dispatch/engine.ts'
import { safeName } from './info-format.ts'

type Field = readonly [name: string, value: string | number]

const commandStats: InfoSection = {
  name: 'commandstats',
  byDefault: false,
  fields: ({ table }) => fieldsOf(table, usage),
}

const errorStats: InfoSection = {
  name: 'errorstats',
  byDefault: true,
  fields({ stats }) {
    const kinds = [...stats.errorKinds].sort(([a], [b]) => (a < b ? -1 : 1))
    return kinds.map(([kind, count]): Field => [`errorstat_${safeName(kind)}`, `count=${count}`])
  },
}

const latencyStats: InfoSection = {
  name: 'latencystats',
  byDefault: false,
  fields(engine) {
    if (!engine.stopwatch.histograms) return []
    const shares = percentilesOf(engine)
    return fieldsOf(engine.table, (command) => latency(command, shares))
  },
}

export const commandSections = [commandStats, errorStats, latencyStats]

/** One field for each command and subcommand that has something to tell. */
function fieldsOf(
  table: CommandTable,
  describe: (command: BoundCommand) => Field | undefined,
): Field[] {
  return table.all().flatMap((command) => {
    const field = describe(command)
    const inner = command.subcommands.size === 0 ? [] : fieldsOf(command.subcommands, describe)
    return field === undefined ? inner : [field, ...inner]
  })
}

function usage({ fullName, stats }: BoundCommand): Field | undefined {
  const { calls, failed, rejected } = stats
  if (calls === 0 && failed === 0 && rejected === 0) return undefined
  const usec = Math.floor(stats.microseconds)
  const perCall = (calls === 0 ? 0 : stats.microseconds / calls).toFixed(2)
  const times = `calls=${calls},usec=${usec},usec_per_call=${perCall}`
  const text = `${times},rejected_calls=${rejected},failed_calls=${failed}`
  return [`cmdstat_${safeName(fullName)}`, text]
}

function latency({ fullName, stats }: BoundCommand, shares: readonly number[]): Field | undefined {
  if (!stats.hasHistogram) return undefined
  const times = shares.map((share) => `p${share}=${stats.percentile(share).toFixed(3)}`)
  return [`latency_percentiles_usec_${safeName(fullName)}`, times.join(',')]
}

/** Shares of a hundred, 0 to 100. */
function percentilesOf({ config }: Engine): readonly number[] {
  return config.of('latency-tracking-info-percentiles', percentiles).value
}
