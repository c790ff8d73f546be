// script-lines.ts: the lines of a script on standard input.

import type { Readable } from 'node:stream'
import type { Lines } from './lines.ts'

const LINE_FEED = 0x0a

export class ScriptLines implements Lines {
  readonly #input: Readable
  readonly #lines: Buffer[] = []
  #taken = 0
  /** Chunks since the last line feed. */
  #begun: Buffer[] = []
  #ended = false
  #wake: (() => void) | undefined
  #ready: Promise<void> | undefined

  constructor(input: Readable) {
    this.#input = input
    input.on('data', (chunk: Buffer) => this.#receive(chunk))
    input.on('end', () => this.#end())
    input.on('error', () => this.#end())
    input.pause()
  }

  async next(): Promise<Buffer | undefined> {
    await this.ready()
    if (this.#taken === this.#lines.length) return undefined
    const line = this.#lines[this.#taken++]
    if (this.#taken === this.#lines.length) {
      this.#lines.length = 0
      this.#taken = 0
    }
    return line
  }

  ready(): Promise<void> {
    if (this.#taken < this.#lines.length || this.#ended) return Promise.resolve()
    // One promise serves all who wait, so that a wait can be given up and taken up again.
    this.#ready ??= new Promise((resolve) => {
      this.#wake = resolve
      this.#input.resume()
    })
    return this.#ready
  }

  rest(): void {}

  remember(): void {}

  #receive(chunk: Buffer): void {
    let start = 0
    for (let at = chunk.indexOf(LINE_FEED); at >= 0; at = chunk.indexOf(LINE_FEED, start)) {
      this.#lines.push(Buffer.concat([...this.#begun, chunk.subarray(start, at)]))
      this.#begun = []
      start = at + 1
    }
    if (start < chunk.length) this.#begun.push(chunk.subarray(start))
    // The rest of a large script stays outside until these lines have run.
    if (this.#lines.length > 0) this.#wakeUp()
  }

  #end(): void {
    if (this.#begun.length > 0) this.#lines.push(Buffer.concat(this.#begun))
    this.#begun = []
    this.#ended = true
    this.#wakeUp()
  }

  #wakeUp(): void {
    this.#input.pause()
    this.#wake?.()
    this.#wake = this.#ready = undefined
  }
}
