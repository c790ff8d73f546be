// preferences.ts: the few things a user can set, by `:set` or in ~/.redisclirc.

import { readFileSync } from 'node:fs'
import { readable, say } from '../format/output.ts'
import { dotFile } from '../line/history.ts'
import { splitWords } from '../line/words.ts'

export class Preferences {
  hints = true

  /** Reads the user's file, if there is one. */
  load(): void {
    const path = dotFile('REDISCLI_RCFILE', '.redisclirc')
    if (path === undefined) return
    let text: string
    try {
      text = readFileSync(path, 'utf8')
    } catch {
      return
    }
    for (const line of text.split('\n')) {
      const words = splitWords(Buffer.from(line))
      if (words !== undefined && words.length > 0) this.apply(words, '.redisclirc: ')
    }
  }

  /** Follows a line that begins with a colon; `origin` stands before a complaint. */
  apply(argv: readonly Uint8Array[], origin = ''): void {
    const words = argv.map(readable)
    const name = words[1]?.toLowerCase()
    if (words[0]!.toLowerCase() !== ':set' || name === undefined) {
      say(`${origin}unknown redis-cli internal command '${words[0]}'`)
    } else if (name === 'hints' || name === 'nohints') this.hints = name === 'hints'
    else say(`${origin}unknown redis-cli preference '${words[1]}'`)
  }
}
