// progress.ts: says on standard error what a long run is doing.
//
// On a terminal one line is rewritten; elsewhere a line is written at most every two seconds, so
// that a log stays short and still shows that the run lives.

const INTERVAL_MS = 2000

export class Progress {
  readonly #isTerminal: boolean
  readonly #write: (text: string) => void
  #lastMs: number
  #shown = 0

  constructor(
    write: (text: string) => void = (text) => void process.stderr.write(text),
    isTerminal = process.stderr.isTTY === true,
  ) {
    this.#write = write
    this.#isTerminal = isTerminal
    this.#lastMs = performance.now()
  }

  /** Shows what is being done now. */
  step(text: string): void {
    if (this.#isTerminal) {
      this.#write(`\r${text.padEnd(this.#shown)}`)
      this.#shown = text.length
      return
    }
    const now = performance.now()
    if (now - this.#lastMs < INTERVAL_MS) return
    this.#lastMs = now
    this.#write(`${text}\n`)
  }

  /** Wipes the line, before something else is printed. */
  clear(): void {
    if (this.#isTerminal && this.#shown > 0) this.#write(`\r${' '.repeat(this.#shown)}\r`)
    this.#shown = 0
  }
}
