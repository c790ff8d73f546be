// history.ts: the lines of earlier sessions, in the file redis-cli keeps them in.

import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
import { binary } from '../format/output.ts'

/** Lines kept; older ones are dropped when a session begins. */
const LINES_MAX = 1000

/** The path of a dot file in the home directory, unless the variable names another or none. */
export function dotFile(variable: string, name: string): string | undefined {
  const path = process.env[variable]
  if (path) return path === '/dev/null' ? undefined : path
  const home = process.env['HOME']
  return home ? `${home}/${name}` : undefined
}

export class History {
  readonly #path: string | undefined
  #last = ''

  constructor(path = dotFile('REDISCLI_HISTFILE', '.rediscli_history')) {
    this.#path = path
  }

  /** The lines of earlier sessions, oldest first. A file that cannot be read has none. */
  load(): string[] {
    if (this.#path === undefined) return []
    try {
      const lines = readFileSync(this.#path, 'utf8').split('\n').filter(Boolean)
      const kept = lines.slice(-LINES_MAX)
      if (kept.length < lines.length) writeFileSync(this.#path, `${kept.join('\n')}\n`)
      this.#last = kept.at(-1) ?? ''
      return kept
    } catch {
      return []
    }
  }

  /** Appends a line for later sessions; two sessions at a time do not lose each other's. */
  add(line: string): void {
    if (this.#path === undefined || line === this.#last) return
    this.#last = line
    try {
      appendFileSync(this.#path, `${line}\n`, { mode: 0o600 })
    } catch {
      // A home directory that cannot be written to is no reason to stop anybody's work.
    }
  }
}

const secretDirectives = new Set([
  'masterauth',
  'masteruser',
  'requirepass',
  'tls-client-key-file-pass',
  'tls-key-file-pass',
])

/** Whether a command may carry a secret, which does not belong into a file. */
export function isSecret(argv: readonly Uint8Array[]): boolean {
  const words = argv.map((word) => binary(word).toLowerCase())
  const [command, sub] = words
  switch (command) {
    case 'auth':
      return true
    case 'acl':
      return sub === 'setuser' || sub === 'deluser' || sub === 'getuser'
    case 'config':
      return sub === 'set' && words.some((word, at) => at % 2 === 0 && secretDirectives.has(word))
    case 'hello':
      return hasSecret(words, 2, { auth: 2, setname: 1 })
    case 'migrate':
      return hasSecret(words.slice(0, indexOr(words, 'keys')), 6, { auth: 1, auth2: 2 })
    case 'sentinel':
      return words.length > 4 && isSentinelSecret(words)
    default:
      return false
  }
}

function hasSecret(words: string[], from: number, taken: Record<string, number>): boolean {
  for (let at = from; at < words.length; at++) {
    const word = words[at]!
    const values = taken[word] ?? 0
    if (word.startsWith('auth') && values > 0 && at + values < words.length) return true
    at += values
  }
  return false
}

function indexOr(words: string[], word: string): number {
  const at = words.indexOf(word, 6)
  return at < 0 ? words.length : at
}

function isSentinelSecret(words: string[]): boolean {
  const [, sub, second, third] = words
  if (sub === 'config') {
    return second === 'set' && (third === 'sentinel-pass' || third === 'sentinel-user')
  }
  return sub === 'set' && (third === 'auth-pass' || third === 'auth-user')
}
