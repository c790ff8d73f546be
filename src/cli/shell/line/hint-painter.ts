// hint-painter.ts: the grey text behind the cursor that says what can follow.
//
// The line editor knows nothing of it: before each key the hint is wiped away, after it the new
// one is drawn, and the cursor put back. It is only drawn where it fits into the row, because a
// row that overflows cannot be wiped by moving left.

import type { EventEmitter } from 'node:events'
import type { Interface } from 'node:readline'
import { screenColumns } from '../format/output.ts'

const ERASE_TO_END = '\x1b[K'

export class HintPainter {
  readonly #editor: Interface
  readonly #hintFor: (line: string) => string
  #painted = false

  /** @param hintFor what can follow on a line, a space ahead included. */
  constructor(editor: Interface, hintFor: (line: string) => string) {
    this.#editor = editor
    this.#hintFor = hintFor
  }

  /** Follows the keys of a stream that the editor listens to already. */
  attach(keys: EventEmitter): void {
    const wipe = () => this.#wipe()
    const paint = () => this.#paint()
    keys.prependListener('keypress', wipe)
    keys.on('keypress', paint)
    this.#editor.once('close', () => keys.off('keypress', wipe).off('keypress', paint))
  }

  #wipe(): void {
    if (!this.#painted) return
    this.#painted = false
    const ahead = this.#columnsAhead()
    process.stdout.write(right(ahead) + ERASE_TO_END + left(ahead))
  }

  #paint(): void {
    const { line } = this.#editor
    const hint = line === '' ? '' : this.#hintFor(line)
    if (hint === '') return
    const ahead = this.#columnsAhead()
    const { cols } = this.#editor.getCursorPos()
    const room = screenColumns() - cols - ahead - 1
    const shown = hint.slice(0, Math.max(0, room))
    if (shown.trim() === '') return
    this.#painted = true
    process.stdout.write(right(ahead) + grey(shown) + left(ahead + shown.length))
  }

  /** Columns from the cursor to the end of what is typed. */
  #columnsAhead(): number {
    return [...this.#editor.line.slice(this.#editor.cursor)].length
  }
}

// Without colours the hint is faint, since it must not look like something typed.
function grey(text: string): string {
  return `\x1b[${process.env['NO_COLOR'] ? 2 : 90}m${text}\x1b[0m`
}

function right(columns: number): string {
  return columns > 0 ? `\x1b[${columns}C` : ''
}

function left(columns: number): string {
  return columns > 0 ? `\x1b[${columns}D` : ''
}
