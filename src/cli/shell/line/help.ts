// help.ts: what the shell knows of commands: help texts, completions and hints.
//
// The server is asked, since it knows its own commands, modules included; a server that cannot
// say (older than 7.0, or no permission) leaves the table the shell was given.

import { LinkError } from '../../../node/net/link-socket.ts'
import { binaryText, print, say, style } from '../format/output.ts'
import type { Session } from '../session.ts'
import { readDocs } from './docs.ts'
import { type CommandHint, hintFor, syntaxOf } from './hints.ts'

const general = [
  'To learn about a command type "help <command>", about a group of them "help @<group>".',
  'The tab key completes commands, and after "help" also groups. "quit" ends the shell.',
  '',
  '":set hints" and ":set nohints" switch the hints behind the cursor on and off; lines of this',
  'kind can also stand in ~/.redisclirc. A number before a command repeats it.',
]

export class Help {
  readonly #version: string
  #commands: readonly CommandHint[]
  /** The server has answered. */
  loaded = false

  /** @param fallback what is known without a server. */
  constructor(version: string, fallback: readonly CommandHint[] = []) {
    this.#version = version
    this.#commands = fallback
  }

  /** Asks the server for its commands, unless this would disturb what goes on with it. */
  async load(session: Session): Promise<void> {
    const { link, transaction, subscribed } = session
    if (link === undefined || transaction || subscribed) return
    try {
      const commands = readDocs(await link.call(['COMMAND', 'DOCS']))
      this.loaded = commands.length > 0
      if (this.loaded) this.#commands = commands
    } catch (error) {
      // The next command will meet the same failure, and say so.
      if (!(error instanceof LinkError)) throw error
    }
  }

  /** Prints the help on what the words name: nothing, a group, or commands by their beginning. */
  show(words: readonly string[]): void {
    const [first] = words
    if (first === undefined) {
      for (const line of [this.#version, ...general]) say(line)
    } else if (first.startsWith('@')) {
      const group = first.slice(1).toLowerCase()
      this.#showAll((command) => command.group.toLowerCase() === group, false)
    } else {
      const wanted = words.map((word) => word.toUpperCase())
      this.#showAll((command) => {
        const name = command.name.split(' ')
        return wanted.every((word, at) => name[at] === word)
      }, true)
    }
  }

  #showAll(chosen: (command: CommandHint) => boolean, withGroup: boolean): void {
    let text = ''
    for (const command of this.#commands.filter(chosen)) {
      text += `\r\n  ${style('1', command.name)} ${style('90', syntaxOf(command))}\r\n`
      text += `  ${style('33', 'summary:')} ${command.summary}\r\n`
      if (command.since !== '') text += `  ${style('33', 'since:')} ${command.since}\r\n`
      if (withGroup) text += `  ${style('33', 'group:')} ${command.group}\r\n`
    }
    print(binaryText(`${text}\r\n`))
  }

  /** The lines that the beginning of one may become. */
  complete(line: string): string[] {
    const help = /^help\s+/i.exec(line)?.[0] ?? ''
    const typed = line.slice(help.length).toUpperCase()
    const names = this.#commands.map((command) => command.name)
    if (help !== '') names.push(...this.#groups())
    return names.filter((name) => name.toUpperCase().startsWith(typed)).map((name) => help + name)
  }

  /** What can follow on a line. */
  hint(line: string): string {
    return hintFor(line, this.#commands)
  }

  #groups(): string[] {
    return [...new Set(this.#commands.map((command) => `@${command.group}`))].sort()
  }
}
