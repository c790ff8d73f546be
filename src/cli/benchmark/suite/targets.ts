// targets.ts: the figures to reach, in one table. `must` is what a release has to hold, `aim` is
// where the project wants to be. Ratios are to redis-server 8.2.3 on the same machine in the same
// run; times and rates are plain figures.

export interface Target {
  must: number
  aim: number
  better: 'higher' | 'lower'
  /** Whether the figure itself is judged or its ratio to the reference's. */
  judges: 'ratio' | 'figure'
}

/** How a figure stands: `near` misses `must` by less than a noisy machine's 5 %. */
export type Mark = 'PASS, aim' | 'PASS' | 'near' | 'FAIL' | '-'

const NEAR = 0.05

const atLeast = (must: number, aim: number): Target => ratio('higher', must, aim)
const atMost = (must: number, aim: number): Target => ratio('lower', must, aim)

/** By scenario (its beginning is enough) and metric. */
export const targets: Readonly<Record<string, Target>> = {
  'wire/p1/ping throughput': atLeast(0.95, 1),
  'wire/p1/set throughput': atLeast(0.95, 1),
  'wire/p1/get throughput': atLeast(0.95, 1),
  'wire/p1/incr throughput': atLeast(0.95, 1),
  'wire/p1/ping cpu': atMost(1.2, 1.05),
  'wire/p1/set cpu': atMost(1.2, 1.05),
  'wire/p1/get cpu': atMost(1.2, 1.05),
  'wire/p1/incr cpu': atMost(1.2, 1.05),
  'wire/p16 throughput': atLeast(0.9, 1.15),
  'wire/p16 cpu': atMost(1.1, 0.85),
  'wire/p64 throughput': atLeast(1, 1.4),
  'wire/p64 cpu': atMost(1, 0.7),
  'wire/1k-p16 throughput': atLeast(0.9, 1.1),
  'wire/64k-p1 throughput': atLeast(0.9, 1.1),
  'wire/64k-p16 throughput': atLeast(0.9, 1.1),
  'memory/keys bytes': atMost(0.85, 0.7),
  'memory/sessions bytes': atMost(0.85, 0.7),
  'stall/load longest': { must: 15, aim: 5, better: 'lower', judges: 'figure' },
  'stall/expire longest': { must: 15, aim: 5, better: 'lower', judges: 'figure' },
  'stall/greedy time': { must: 5, aim: 1, better: 'lower', judges: 'figure' },
  'stall/greedy longest': { must: 40, aim: 10, better: 'lower', judges: 'figure' },
  'tests/p1/mean throughput': atLeast(0.95, 1),
  'tests/p16/mean throughput': atLeast(0.95, 1.2),
  'tests/p16/worst throughput': atLeast(0.7, 1),
  'tests/p64/mean throughput': atLeast(1, 1.4),
  'large throughput': atLeast(0.8, 1.2),
  'items/mean bytes': atMost(0.85, 0.65),
  'collections longest': { must: 20, aim: 5, better: 'lower', judges: 'figure' },
  'publish throughput': atLeast(0.9, 1.1),
  'start time': { must: 150, aim: 60, better: 'lower', judges: 'figure' },
  'embedded/get rate': { must: 1.5e6, aim: 4e6, better: 'higher', judges: 'figure' },
  'embedded/set rate': { must: 1.5e6, aim: 4e6, better: 'higher', judges: 'figure' },
  'embedded/expiring cost': { must: 1.25, aim: 1.1, better: 'lower', judges: 'figure' },
  'embedded/restore cost': { must: 1.3, aim: 1.1, better: 'lower', judges: 'figure' },
  'embedded/effects cost': { must: 1.3, aim: 1.15, better: 'lower', judges: 'figure' },
}

/** The target of a metric in a scenario or in the group it belongs to. */
export function targetOf(scenario: string, metric: string): Target | undefined {
  for (let name = scenario; ; name = name.slice(0, name.lastIndexOf('/'))) {
    const found = targets[`${name} ${metric}`]
    if (found !== undefined || !name.includes('/')) return found
  }
}

/** Judges a figure; `-` without a target or without a figure. */
export function markOf(target: Target | undefined, figure: number | undefined): Mark {
  if (target === undefined || figure === undefined || Number.isNaN(figure)) return '-'
  const { must, aim, better } = target
  const reaches = (limit: number) => (better === 'higher' ? figure >= limit : figure <= limit)
  if (reaches(aim)) return 'PASS, aim'
  if (reaches(must)) return 'PASS'
  return reaches(better === 'higher' ? must * (1 - NEAR) : must * (1 + NEAR)) ? 'near' : 'FAIL'
}

function ratio(better: Target['better'], must: number, aim: number): Target {
  return { must, aim, better, judges: 'ratio' }
}
