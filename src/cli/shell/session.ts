// session.ts: the shell's conversation with one server, and what the prompt shows of it.
//
// The session outlives its connection: a new one logs in, selects the database and speaks the
// protocol that the old one did.

import type { DecodedReply } from '../../formats/resp.ts'
import { Link } from '../../node/net/link.ts'
import { LinkError, type LinkTarget } from '../../node/net/link-socket.ts'
import { formatRaw, formatReply } from './format/format.ts'
import { binary, complain, drained, print, readable, refuse } from './format/output.ts'
import type { Settings } from './options/settings.ts'
import { tlsOptions } from './options/tls.ts'

export class Session {
  readonly settings: Settings
  readonly target: LinkTarget
  link: Link | undefined
  /** Commands come one after another from a person or a script, so a lost link is no end. */
  interactive = false
  /** The selected database, and the one to select on a new connection. */
  database = 0
  databaseWanted: number
  transaction = false
  /** The database that a transaction which comes to nothing returns to. */
  databaseBefore = 0
  subscribed = false
  monitoring = false
  resp3 = false
  /** Pushes are what the command in hand is answered with, so they are not set aside. */
  pushesInTurn = false
  /** The server was told to go, so the end of the connection is no error. */
  shuttingDown = false
  /** Ctrl-C ended a mode that only the end of the connection can end. */
  aborted = false

  constructor(settings: Settings) {
    this.settings = settings
    this.databaseWanted = settings.database
    this.target = {
      host: settings.host,
      port: settings.port,
      path: settings.path,
      family: settings.family,
      tls: tlsOptions(settings.tls),
      timeoutMs: settings.timeoutMs,
    }
  }

  /** What stands before the cursor. */
  get prompt(): string {
    if (this.link === undefined) return 'not connected> '
    const { host, port, path } = this.target
    let text = path === undefined ? `${bracketed(host)}:${port}` : `redis ${path}`
    if (this.database !== 0) text += `[${this.database}]`
    if (this.transaction) text += '(TX)'
    if (this.subscribed) text += '(subscribed mode)'
    return `${text}> `
  }

  /**
   * Connects anew, logs in, selects the database and the protocol.
   *
   * @param quiet keeps a failed connection to itself.
   * @returns false after a complaint. The link is there nevertheless when it was the login or a
   *   selection that failed: commands can still be sent, and the server will say what it thinks.
   */
  async connect(quiet = false): Promise<boolean> {
    this.drop()
    try {
      this.link = await Link.connect(this.target)
    } catch (error) {
      if (!(error instanceof LinkError)) throw error
      if (!quiet) complain(`Could not connect to Redis at ${this.#place}: ${error.message}`)
      return false
    }
    if (this.settings.verbose) complain(`Connected to ${this.#place}`)
    return (await this.#authenticate()) && (await this.select()) && (await this.#hello())
  }

  /** Ends the connection and forgets what was true of it. */
  drop(): void {
    this.link?.close()
    this.link = undefined
    if (this.transaction) this.databaseWanted = this.databaseBefore
    this.database = 0
    this.transaction = false
    this.subscribed = false
    this.monitoring = false
    this.resp3 = false
    this.pushesInTurn = false
    this.aborted = false
    this.shuttingDown = false
  }

  /** Selects the wanted database if another is selected; false after a complaint. */
  async select(): Promise<boolean> {
    const wanted = this.databaseWanted
    if (wanted === this.database) return true
    const reply = await this.#ask(['SELECT', String(wanted)])
    if (reply === undefined) return false
    if (reply.type === 'error') {
      complain(`SELECT ${wanted} failed: ${readable(reply.bytes)}`)
      return false
    }
    this.database = wanted
    return true
  }

  /**
   * Shows the next reply, after the pushes ahead of it.
   *
   * @param bare shows it raw in every format: INFO and its kind are texts for people.
   * @throws LinkError when the connection ends first.
   */
  async showReply(bare = false): Promise<DecodedReply> {
    for (;;) {
      const reply = await this.link!.read()
      if (reply.type === 'push' && !this.pushesInTurn && !this.subscribed) {
        if (this.settings.showPushes) this.show(reply)
        continue
      }
      if (reply.type === 'error' && this.settings.failOnError && !this.interactive) {
        refuse(readable(reply.bytes))
      }
      this.show(reply, bare)
      await drained()
      return reply
    }
  }

  /** Shows a reply in the session's format. */
  show(reply: DecodedReply, bare = false): void {
    const { format } = this.settings
    const note = format.mode === 'standard' ? invalidation(reply) : undefined
    if (note !== undefined) print(note)
    else print(bare ? formatRaw(reply, format.delimiter) : formatReply(reply, format))
  }

  /** Ctrl-C: ends MONITOR or a subscription; false when there is nothing of the kind. */
  interrupt(): boolean {
    if (!this.monitoring && !this.subscribed) return false
    this.aborted = true
    this.link?.close()
    return true
  }

  get #place(): string {
    return this.target.path ?? `${this.target.host}:${this.target.port}`
  }

  async #authenticate(): Promise<boolean> {
    const { user, password } = this.settings
    if (password === undefined) return true
    const reply = await this.#ask(
      user === undefined ? ['AUTH', password] : ['AUTH', user, password],
    )
    if (reply?.type === 'error') complain(`AUTH failed: ${readable(reply.bytes)}`)
    return reply !== undefined && reply.type !== 'error'
  }

  async #hello(): Promise<boolean> {
    const { protocol } = this.settings
    if (protocol === undefined || protocol === 2) return true
    const reply = await this.#ask(['HELLO', '3'])
    if (reply === undefined) return false
    this.resp3 = reply.type !== 'error'
    if (reply.type === 'error') complain(`HELLO 3 failed: ${readable(reply.bytes)}`)
    return this.resp3 || protocol === 'json'
  }

  async #ask(argv: string[]): Promise<DecodedReply | undefined> {
    try {
      return await this.link!.call(argv)
    } catch (error) {
      if (!(error instanceof LinkError)) throw error
      complain('\nI/O error')
      return undefined
    }
  }
}

function bracketed(host: string): string {
  return host.includes(':') ? `[${host}]` : host
}

/** The message of client-side caching in short: which keys are no longer true. */
function invalidation(reply: DecodedReply): string | undefined {
  if (reply.type !== 'push' || reply.items.length !== 2) return undefined
  const [kind, keys] = reply.items
  if (kind?.type !== 'string' || binary(kind.bytes) !== 'invalidate') return undefined
  if (keys?.type !== 'array') return undefined
  const names = keys.items.map((key) => `'${'bytes' in key ? binary(key.bytes) : ''}'`)
  return `-> invalidate: ${names.join(', ')}\n`
}
