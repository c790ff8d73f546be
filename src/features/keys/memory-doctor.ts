// memory-doctor.ts: what MEMORY DOCTOR says. The rules and their limits are redis-server's, where
// they have a meaning here; the words are our own.

import type { MemoryFigures } from '../../engine/upkeep/memory-figures.ts'

const MIB = 1 << 20
/** Below this nothing can be told. */
const TOTAL_MIN = 5 * MIB
const PEAK_RATIO = 1.5
const RESIDENT_RATIO = 1.4
const ARENA_RATIO = 1.1
const WASTE_MIN = 10 * MIB
const CLIENT_BYTES_MAX = 200 * 1024

type Rule = { readonly applies: (figures: MemoryFigures) => boolean; readonly text: string }

const rules: readonly Rule[] = [
  {
    applies: ({ peak, total }) => peak / total > PEAK_RATIO,
    text:
      'Peak: at some time more than one and a half times as much memory was in use as now. ' +
      'What was freed since is used again before the process grows; MEMORY PURGE gives back ' +
      'pages that hold nothing.',
  },
  {
    applies: ({ allocated, active }) =>
      active / allocated > ARENA_RATIO && active - allocated > WASTE_MIN,
    text:
      'Fragmentation: the arenas have reserved a tenth more than their blocks take. Blocks of ' +
      'sizes that are no longer asked for keep their pages; they go when their keys go.',
  },
  {
    applies: ({ resident, total }) =>
      resident / total > RESIDENT_RATIO && resident - total > WASTE_MIN,
    text:
      'Resident size: the process takes much more than the data. A part of it, some tens of ' +
      'megabytes, is the JavaScript runtime and does not grow with the data; the rest is usually ' +
      'what a peak has left behind.',
  },
  {
    applies: ({ clients, sessions }) => clients / Math.max(1, sessions) > CLIENT_BYTES_MAX,
    text:
      'Clients: more than 200 KiB wait for each client on average. CLIENT LIST shows whose ' +
      'buffers are large: those who read slowly, or ask for much at once.',
  },
]

/** The report, one paragraph for each finding. */
export function diagnose(figures: MemoryFigures): string {
  if (figures.total < TOTAL_MIN) {
    return 'Less than 5 MiB are in use: too little to draw any conclusion from.\n'
  }
  const found = rules.filter((rule) => rule.applies(figures))
  if (found.length === 0) return 'The use of memory shows nothing unusual.\n'
  return found.map(({ text }) => ` * ${text}\n`).join('\n')
}
