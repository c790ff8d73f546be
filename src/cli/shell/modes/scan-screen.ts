// scan-screen.ts: how far a scan of all keys is: on a terminal a bar and what was found so far,
// written over again and again; elsewhere a line for each find.

import { isTerminal, print, say, screenColumns } from '../format/output.ts'
import { percent } from './mode.ts'

const REFRESH_MS = 300
const BAR = 40
const CLEAR_LINE = '\x1b[2K'

export class ScanScreen {
  readonly #total: number
  readonly #eyes = isTerminal()
  #shownAt = 0
  /** Lines that stand below the cursor. */
  #lines = 0

  /** @param total keys that there are. */
  constructor(total: number) {
    this.#total = total
  }

  /** A find, where nobody watches the bar. */
  log(line: string): void {
    if (!this.#eyes) say(line)
  }

  /** Shows how far the scan is, from time to time. */
  show(keys: number, found: () => string[]): void {
    const now = performance.now()
    if (!this.#eyes || now - this.#shownAt < REFRESH_MS) return
    this.#shownAt = now
    this.#draw([bar(keys, this.#total), '', ...found()])
  }

  /** Leaves the full bar, and nothing below it. */
  end(keys: number): void {
    if (!this.#eyes) return
    this.#draw([bar(keys, this.#total)])
    print('\n')
  }

  #draw(lines: string[]): void {
    const columns = screenColumns()
    const rest = new Array<string>(Math.max(0, this.#lines - lines.length)).fill('')
    const all = [...lines, ...rest]
    for (const line of all)
      print(`${CLEAR_LINE}${Buffer.from(line.slice(0, columns)).toString('latin1')}\n`)
    print(`\x1b[${all.length}A\r`)
    this.#lines = lines.length
  }
}

function bar(keys: number, total: number): string {
  const done = total === 0 ? 1 : Math.min(1, keys / total)
  const full = Math.round(done * BAR)
  const drawn = '|'.repeat(full) + '-'.repeat(BAR - full)
  return `${percent(Math.min(keys, total), total).padStart(6)}% ${drawn}  ${keys} of ${total} keys`
}
