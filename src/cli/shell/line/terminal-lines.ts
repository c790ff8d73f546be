// terminal-lines.ts: lines typed at a terminal, with editing, history, completion and hints.

import { createInterface, type Interface } from 'node:readline'
import type { ReadStream } from 'node:tty'
import { print } from '../format/output.ts'
import type { Preferences } from '../options/preferences.ts'
import type { Help } from './help.ts'
import { HintPainter } from './hint-painter.ts'
import type { History } from './history.ts'
import { HistorySearch } from './history-search.ts'
import { Keyboard } from './keyboard.ts'
import type { Lines } from './lines.ts'

export interface TerminalParts {
  help: Help
  history: History
  preferences: Preferences
  /** Called for a Ctrl-C while no line is edited. */
  onInterrupt(): void
}

const HISTORY_MAX = 1000

export class TerminalLines implements Lines {
  readonly #keyboard: Keyboard
  readonly #parts: TerminalParts
  #editor: Interface | undefined
  /** Newest first, as the line editor wants it. */
  #history: string[]

  constructor(terminal: ReadStream, parts: TerminalParts) {
    this.#keyboard = new Keyboard(terminal)
    this.#keyboard.onInterrupt = parts.onInterrupt
    this.#parts = parts
    this.#history = parts.history.load().reverse()
  }

  next(prompt: string): Promise<Buffer | undefined> {
    const editor = (this.#editor ??= this.#createEditor())
    return new Promise((resolve) => {
      const finish = (line: Buffer | undefined) => {
        editor.off('line', onLine).off('SIGINT', onEnd).off('close', onEnd)
        this.#keyboard.close()
        resolve(line)
      }
      const onLine = (line: string) => finish(Buffer.from(line))
      const onEnd = () => {
        print('\n')
        finish(undefined)
        // Ctrl-D closes the editor; a later line gets a new one.
        this.#editor = undefined
        editor.close()
      }
      editor.once('line', onLine).once('SIGINT', onEnd).once('close', onEnd)
      editor.setPrompt(prompt)
      editor.prompt()
      this.#keyboard.open()
    })
  }

  ready(): Promise<void> {
    return this.#keyboard.pressed()
  }

  rest(): void {
    this.#keyboard.rest()
  }

  remember(line: Buffer): void {
    this.#parts.history.add(line.toString())
  }

  #createEditor(): Interface {
    const { help, preferences } = this.#parts
    const editor = createInterface({
      input: this.#keyboard,
      output: process.stdout,
      terminal: true,
      history: this.#history,
      historySize: HISTORY_MAX,
      // The answer is given at once: a hint drawn before it would be drawn over.
      completer: (line: string, done: (error: null, found: [string[], string]) => void) =>
        done(null, [help.complete(line), line]),
    })
    editor.on('history', (history: string[]) => {
      this.#history = [...history]
    })
    const painter = new HintPainter(editor, (line) => (preferences.hints ? help.hint(line) : ''))
    painter.attach(this.#keyboard)
    const search = new HistorySearch(editor, () => this.#history)
    this.#keyboard.sieve = (keys) => search.sieve(keys)
    return editor
  }
}
