// repl.ts: the interactive session: read a line, do it, show what came, until the input ends.

import { leadingInteger } from '../../node/net/url.ts'
import { print, readable, say } from './format/output.ts'
import { issue } from './issue.ts'
import type { Help } from './line/help.ts'
import { isSecret } from './line/history.ts'
import type { Lines } from './line/lines.ts'
import { splitWords } from './line/words.ts'
import { watch } from './modes/watch.ts'
import type { Preferences } from './options/preferences.ts'
import type { Session } from './session.ts'

/** Commands that took this long have their time told. */
const SLOW_MS = 500
const CLEAR_SCREEN = '\x1b[H\x1b[2J'

export class Repl {
  readonly #session: Session
  readonly #lines: Lines
  readonly #help: Help
  readonly #preferences: Preferences

  constructor(session: Session, lines: Lines, help: Help, preferences: Preferences) {
    this.#session = session
    this.#lines = lines
    this.#help = help
    this.#preferences = preferences
    session.interactive = true
  }

  /** Runs to the end of the input, or to the line that asks for the end. */
  async run(): Promise<void> {
    for (;;) {
      const line = await this.#lines.next(this.#session.prompt)
      if (line === undefined) {
        // Ctrl-C or Ctrl-D leaves a subscription first.
        if (!this.#session.subscribed || !(await this.#session.connect())) return
        continue
      }
      if (line.length > 0 && (await this.#do(line)) === 'quit') return
      if (this.#session.subscribed) await watch(this.#session, this.#lines)
    }
  }

  async #do(line: Buffer): Promise<'quit' | undefined> {
    const argv = splitWords(line)
    if (argv === undefined) {
      say('Invalid argument(s)')
      this.#lines.remember(line)
      return undefined
    }
    if (argv.length === 0) return undefined
    const repeat = repetitions(argv)
    if (repeat === undefined) {
      say('Invalid redis-cli repeat command option value.')
      return undefined
    }
    const command = repeat.counted ? argv.slice(1) : argv
    if (!isSecret(command)) this.#lines.remember(line)
    const words = argv.map((word) => readable(word))
    const name = words[0]!.toLowerCase()
    if (name === 'quit' || name === 'exit') return 'quit'
    if (name.startsWith(':')) this.#preferences.apply(argv)
    else if (name === 'connect' && words.length === 3) await this.#connect(words[1]!, words[2]!)
    else if (name === 'clear' && words.length === 1) print(CLEAR_SCREEN)
    else await this.#issue(command, repeat.count)
    return undefined
  }

  async #connect(host: string, port: string): Promise<void> {
    Object.assign(this.#session.target, { host, port: leadingInteger(port), path: undefined })
    if ((await this.#session.connect()) && this.#help.loaded) await this.#help.load(this.#session)
  }

  async #issue(argv: Buffer[], repeat: number): Promise<void> {
    const session = this.#session
    const words = argv.map((word) => readable(word))
    const name = words[0]!.toLowerCase()
    const began = Date.now()
    if (name === 'help' || name === '?') {
      if (words.length > 1 && !this.#help.loaded) await this.#help.load(session)
      this.#help.show(words.slice(1))
      return
    }
    await issue(session, argv, repeat)
    const elapsedMs = Date.now() - began
    if (elapsedMs >= SLOW_MS && session.settings.format.mode === 'standard') {
      say(`(${(elapsedMs / 1000).toFixed(2)}s)`)
    }
    // Who has just logged in may now be told what there is.
    if (name === 'auth' && !this.#help.loaded) await this.#help.load(session)
  }
}

/** How often a line wants its command: `5 PING` five times. Undefined when that is no number. */
function repetitions(argv: Buffer[]): { counted: boolean; count: number } | undefined {
  const first = readable(argv[0]!)
  if (argv.length < 2 || !/^(\s*[+-]?\d+)?$/.test(first)) return { counted: false, count: 1 }
  const count = Number(first)
  return count > 0 && count < 2 ** 63 ? { counted: true, count } : undefined
}
