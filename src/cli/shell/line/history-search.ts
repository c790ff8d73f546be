// history-search.ts: Ctrl-R: earlier lines found by what they contain.
//
// While it is on, the line editor sees no keys: the row shows the search instead of the line.
// Enter runs the line that was found, Ctrl-C and Ctrl-G give up, and any other key that is no
// letter takes the line into the editor.

import type { Interface } from 'node:readline'
import { screenColumns } from '../format/output.ts'

const CTRL_C = '\x03'
const CTRL_G = '\x07'
const CTRL_R = '\x12'
const ESCAPE = '\x1b'
const BACKSPACE = '\x7f'
const WIPE_ROW = '\r\x1b[J'

interface Search {
  query: string
  /** The line found, by its place in the history; -1 before anything was found. */
  at: number
  /** What was being typed when the search began. */
  typed: string
}

export class HistorySearch {
  readonly #editor: Interface
  readonly #history: () => readonly string[]
  #search: Search | undefined
  /** Rows that the line being typed had above the cursor; the search is shown in the first. */
  #rows = 0

  /** @param history gives the lines, newest first. */
  constructor(editor: Interface, history: () => readonly string[]) {
    this.#editor = editor
    this.#history = history
  }

  /** Takes a key that belongs to a search; returns others for the line editor. */
  sieve(key: string): string {
    if (this.#search === undefined) {
      if (key !== CTRL_R) return key
      this.#search = { query: '', at: -1, typed: this.#editor.line }
      this.#rows = this.#editor.getCursorPos().rows
      if (this.#rows > 0) process.stdout.write(`\x1b[${this.#rows}A`)
      this.#show(this.#search)
      return ''
    }
    return this.#take(this.#search, key)
  }

  #take(search: Search, key: string): string {
    if (key >= ' ' && key !== BACKSPACE) {
      search.query += key
      this.#find(search, Math.max(0, search.at))
    } else if (key === CTRL_R) this.#find(search, search.at + 1)
    else if (key === BACKSPACE || key === '\b') {
      search.query = [...search.query].slice(0, -1).join('')
      this.#find(search, 0)
    } else return this.#finish(search, key)
    this.#show(search)
    return ''
  }

  #find(search: Search, from: number): void {
    if (search.query === '') return
    const found = this.#history().findIndex((line, at) => at >= from && line.includes(search.query))
    if (found >= 0) search.at = found
  }

  #finish(search: Search, key: string): string {
    this.#search = undefined
    const cancelled = key === CTRL_C || key === CTRL_G
    const line = cancelled ? search.typed : (this.#history()[search.at] ?? search.typed)
    // The editor must find the cursor in the row where it left it.
    process.stdout.write(WIPE_ROW + '\n'.repeat(this.#rows))
    this.#editor.write(null, { ctrl: true, name: 'e' })
    this.#editor.write(null, { ctrl: true, name: 'u' })
    this.#editor.write(line)
    return cancelled || key === ESCAPE ? '' : key
  }

  #show(search: Search): void {
    const line = this.#history()[search.at] ?? ''
    const text = `(reverse-i-search)'${search.query}': ${line}`
    process.stdout.write(WIPE_ROW + text.slice(0, screenColumns() - 1))
  }
}
