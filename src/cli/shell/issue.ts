// issue.ts: one command sent as often as asked, its replies shown, and what it changed noted.

import { setTimeout as pause } from 'node:timers/promises'
import type { DecodedReply } from '../../formats/resp.ts'
import { LinkError } from '../../node/net/link-socket.ts'
import { leadingInteger } from '../../node/net/url.ts'
import { ShellExit } from './exit.ts'
import { binary, complain } from './format/output.ts'
import type { Session } from './session.ts'

/** Failures that a person is told of and a next command may mend by connecting again. */
const passing = new Set(['EOF', 'ECONNRESET', 'EPIPE', 'CLOSED'])

/**
 * Sends a command, connecting first if needed, and shows what comes back.
 *
 * @param repeat how often; negative for ever.
 * @returns false after a complaint that no reply could be had.
 * @throws ShellExit when a failure ends the shell.
 */
export async function issue(session: Session, argv: Buffer[], repeat: number): Promise<boolean> {
  if (session.link === undefined && !(await session.connect())) return false
  try {
    await send(session, argv, repeat)
    return true
  } catch (error) {
    if (!(error instanceof LinkError)) throw error
    return await afterFailure(session, error)
  }
}

/** Decides what a lost connection means; see `issue` for the result. */
export async function afterFailure(session: Session, error: LinkError): Promise<boolean> {
  if (session.aborted) return await session.connect()
  if (session.shuttingDown) {
    session.drop()
    return true
  }
  complain(`Error: ${error.message}`)
  if (!session.interactive || !passing.has(error.code)) throw new ShellExit(1)
  session.drop()
  return false
}

async function send(session: Session, argv: Buffer[], repeat: number): Promise<void> {
  const words = argv.map((word) => binary(word).toLowerCase())
  const bare = isText(words)
  for (let left = repeat; left !== 0; left--) {
    session.shuttingDown = words[0] === 'shutdown'
    session.link!.write(argv)
    if (words[0] === 'monitor') {
      await monitor(session)
      return
    }
    const reply = await answer(session, words, bare)
    await note(session, words, reply)
    session.shuttingDown = false
    if (session.settings.intervalMs > 0) await pause(session.settings.intervalMs)
  }
}

async function monitor(session: Session): Promise<void> {
  session.monitoring = true
  while (session.monitoring) {
    const reply = await session.showReply()
    if (reply.type === 'error') session.monitoring = false
  }
}

/** Shows messages up to the one that answers the command, and returns that one. */
async function answer(session: Session, words: string[], bare: boolean): Promise<DecodedReply> {
  const kind = /^[ps]?(un)?subscribe$/.exec(words[0]!)
  // Each channel is confirmed by a message of its own, and by nothing else.
  let confirmations = kind === null ? 0 : Math.max(1, words.length - 1)
  session.pushesInTurn = kind !== null
  for (;;) {
    const reply = await session.showReply(bare)
    const message = isMessage(session, reply)
    if (confirmations > 0 && message !== undefined && message === words[0]) {
      if (kind![1] === undefined) session.subscribed = true
      if (--confirmations > 0) continue
    } else if (confirmations > 0 || session.subscribed) {
      if (message !== undefined || reply.type === 'push') continue
    }
    session.pushesInTurn = false
    return reply
  }
}

/** The kind of a pub/sub message in lower case; undefined for other replies. */
function isMessage(session: Session, reply: DecodedReply): string | undefined {
  if (reply.type !== (session.resp3 ? 'push' : 'array') || reply.items.length < 3) return undefined
  const first = reply.items[0]!
  if (first.type !== 'string') return undefined
  const kind = binary(first.bytes)
  return /(message|subscribe)$/.test(kind) ? kind : undefined
}

/** Notes what a command changed of the conversation. */
async function note(session: Session, words: string[], reply: DecodedReply): Promise<void> {
  const done = reply.type !== 'error'
  const alone = words.length === 1
  switch (words[0]) {
    case 'select':
      if (words.length === 2 && done) choose(session, leadingInteger(words[1]!))
      break
    case 'auth':
      if (words.length === 2 || words.length === 3) await session.select()
      break
    case 'hello':
      if (reply.type === 'map') session.resp3 = true
      else if (reply.type === 'array') session.resp3 = false
      break
    case 'multi':
    case 'exec':
    case 'discard':
      if (alone) noteTransaction(session, words[0], reply)
      break
    case 'reset':
      if (!alone || !done) break
      session.transaction = session.subscribed = session.resp3 = false
      choose(session, 0)
      break
  }
}

function noteTransaction(session: Session, word: string, reply: DecodedReply): void {
  const done = reply.type !== 'error'
  if (word === 'multi') {
    if (!done) return
    session.transaction = true
    session.databaseBefore = session.database
    return
  }
  if (!session.transaction || (word === 'discard' && !done)) return
  session.transaction = false
  // A SELECT that was queued but never run has selected nothing.
  const nothing = word === 'discard' || !done || reply.type === 'nil'
  if (nothing) choose(session, session.databaseBefore)
}

function choose(session: Session, database: number): void {
  session.database = session.databaseWanted = database
}

/** Commands that answer with a text for people, which is shown as it is in every format. */
function isText(words: string[]): boolean {
  const [command, sub] = words
  switch (command) {
    case 'info':
    case 'lolwut':
      return true
    case 'debug':
      return sub === 'htstats' || sub === 'htstats-key' || sub === 'client-eviction'
    case 'memory':
      return sub === 'malloc-stats' || sub === 'doctor'
    case 'cluster':
      return words.length === 2 && (sub === 'nodes' || sub === 'info')
    case 'client':
      return sub === 'list' || sub === 'info'
    case 'latency':
      return (words.length === 3 && sub === 'graph') || (words.length === 2 && sub === 'doctor')
    case 'proxy':
      return sub === 'info'
    default:
      return false
  }
}
