// keyboard.ts: a terminal's keys, handed on one line at a time.
//
// Between prompts the terminal must not be in raw mode, or Ctrl-C could not interrupt a command
// and type-ahead would vanish. And of several lines that are pasted at once, the second must wait
// until the command of the first is done. So keys are let through up to the next line end, and
// the rest is held back until the shell asks for the next line.
//
// Each key goes on its way alone: Node 20's line editor appends text that comes in one piece to
// the end of the line, wherever the cursor is, so a paste into the middle would be scrambled.

import { Readable } from 'node:stream'
import { StringDecoder } from 'node:string_decoder'
import type { ReadStream } from 'node:tty'

const CTRL_C = '\x03'
/** A key: an escape sequence, or a character. */
const KEYS = /\x1b\[[\d;]*[~A-Za-z]|\x1bO.|\x1b.|./gsu

export class Keyboard extends Readable {
  // The line editor takes the stream for a terminal.
  readonly isTTY = true
  readonly #terminal: ReadStream
  readonly #decoder = new StringDecoder('utf8')
  #held = ''
  #open = false
  #watched: (() => void) | undefined
  #ready: Promise<void> | undefined
  /** Looks at each key of a line first, and returns it if it is left for the editor. */
  sieve: (key: string) => string = (key) => key
  /** Called for a Ctrl-C while nobody edits a line. */
  onInterrupt: (() => void) | undefined

  constructor(terminal: ReadStream) {
    super()
    this.#terminal = terminal
    terminal.on('data', (keys: Buffer) => this.#receive(this.#decoder.write(keys)))
    terminal.on('end', () => this.push(null))
    terminal.pause()
  }

  override _read(): void {}

  setRawMode(on: boolean): this {
    this.#terminal.setRawMode(on)
    return this
  }

  /** Lets the keys of one line through. */
  open(): void {
    this.#open = true
    this.#listen()
    this.#release()
  }

  /** Leaves the terminal alone until the next `open`. */
  close(): void {
    this.#open = false
    this.#terminal.pause()
    this.#terminal.setRawMode(false)
  }

  /** Resolves when a key has been pressed; it is kept for the next line. */
  pressed(): Promise<void> {
    if (this.#held.length > 0) return Promise.resolve()
    this.#ready ??= new Promise((resolve) => {
      this.#watched = resolve
      this.#listen()
    })
    return this.#ready
  }

  /** Ends a wait for `pressed`. */
  rest(): void {
    this.#watched = this.#ready = undefined
    this.close()
  }

  #listen(): void {
    this.#terminal.setRawMode(true)
    this.#terminal.resume()
  }

  #receive(keys: string): void {
    if (this.#watched !== undefined && keys.startsWith(CTRL_C)) {
      this.onInterrupt?.()
      return
    }
    this.#held += keys
    this.#watched?.()
    this.#watched = this.#ready = undefined
    this.#release()
  }

  #release(): void {
    if (!this.#open || this.#held === '') return
    const line = /^[^\r\n]*(\r\n|\r|\n)/.exec(this.#held)?.[0]
    if (line !== undefined) this.#open = false
    const keys = line ?? this.#held
    this.#held = this.#held.slice(keys.length)
    const found = keys.match(KEYS) ?? []
    for (const key of found) {
      // A tab that was pasted is white space, not a wish for completion.
      const left = this.sieve(key === '\t' && found.length > 1 ? ' ' : key)
      if (left !== '') this.push(left)
    }
  }
}
