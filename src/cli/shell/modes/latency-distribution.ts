// latency-distribution.ts: `--latency-dist`: each second a line of colours that shows how many
// answers took how long.

import { setTimeout as pause } from 'node:timers/promises'
import { print, say } from '../format/output.ts'
import type { Session } from '../session.ts'
import { roundTripMs, SAMPLE_PAUSE_MS } from './latency.ts'

const INTERVAL_MS = 1000
const LINES_PER_LEGEND = 20

/** The longest time of each class in milliseconds, and the character that stands for it. */
const classes: readonly (readonly [atMostMs: number, character: string])[] = [
  [0.01, '.'],
  [0.125, '-'],
  [0.25, '*'],
  [0.5, '#'],
  ...Array.from({ length: 9 }, (_, i) => [i + 1, String(i + 1)] as const),
  ...lettered('ABCDE', [10, 20, 30, 40, 50]),
  ...lettered('FGHIJ', [100, 200, 300, 400, 500]),
  ...lettered('KLMNOPQ', [1000, 2000, 4000, 8000, 16_000, 30_000, 60_000]),
  [Number.POSITIVE_INFINITY, '?'],
]

/** Colours of a terminal of 256, from nothing to all: black, greys, yellow, red. */
const palette = [0, 233, 234, 235, 237, 239, 241, 243, 245, 247, 144, 143, 142, 184, 226, 214, 208]
palette.push(202, 196)
/** Where colours are not wanted: the same in characters. */
const plain = ' .:-=+*#%@'

export async function latencyDistribution(session: Session): Promise<void> {
  const intervalMs = session.settings.intervalMs || INTERVAL_MS
  for (let lines = 0; ; lines++) {
    const counts = new Array<number>(classes.length).fill(0)
    const began = performance.now()
    let total = 0
    while (total === 0 || performance.now() - began <= intervalMs) {
      const ms = await roundTripMs(session)
      counts[classes.findIndex(([atMostMs]) => ms <= atMostMs)]!++
      total++
      await pause(SAMPLE_PAUSE_MS)
    }
    if (lines % LINES_PER_LEGEND === 0) legend()
    print(`${counts.map((count, i) => cell(classes[i]![1], count / total)).join('')}${ending()}\n`)
  }
}

function lettered(letters: string, limits: number[]): (readonly [number, string])[] {
  return limits.map((limit, i) => [limit, letters[i]!] as const)
}

function hasColours(): boolean {
  return !process.env['NO_COLOR']
}

/** One class: its character on a ground that says how large its share is. */
function cell(character: string, share: number): string {
  if (hasColours()) {
    const colour = palette[Math.ceil(share * (palette.length - 1))]!
    return `\x1b[38;5;0m\x1b[48;5;${colour}m${character}`
  }
  return character + plain[Math.ceil(share * (plain.length - 1))]
}

function ending(): string {
  return hasColours() ? '\x1b[0m' : ''
}

function legend(): void {
  const scale = hasColours()
    ? palette.map((colour) => `\x1b[48;5;${colour}m `).join('')
    : `${plain} (behind each character)`
  say('---------------------------------------------')
  say('. - * #          .01 .125 .25 .5 milliseconds')
  say('1,2,3,...,9      from 1 to 9     milliseconds')
  say('A,B,C,D,E        10,20,30,40,50  milliseconds')
  say('F,G,H,I,J        .1,.2,.3,.4,.5       seconds')
  say('K,L,M,N,O,P,Q,?  1,2,4,8,16,30,60,>60 seconds')
  say(`From 0 to 100%: ${scale}${ending()}`)
  say('---------------------------------------------')
}
