// mode.ts: the modes in which the shell asks the server itself, and what they share.

import { setTimeout as pause } from 'node:timers/promises'
import type { DecodedReply } from '../../../formats/resp.ts'
import type { Argument } from '../../../node/net/link.ts'
import { LinkError } from '../../../node/net/link-socket.ts'
import { binary, complain, print, readable, refuse } from '../format/output.ts'
import type { Session } from '../session.ts'

/** Runs to its end, or until Ctrl-C. */
export type Mode = (session: Session) => Promise<void>

/** Says that Ctrl-C was pressed; a mode with a summary shows it then instead of ending at once. */
export class Interruption {
  pressed = false
  readonly #listener = () => {
    this.pressed = true
  }

  constructor() {
    process.on('SIGINT', this.#listener)
  }

  end(): void {
    process.off('SIGINT', this.#listener)
  }
}

/** Asks once; an error reply or a lost connection ends the shell. */
export async function ask(session: Session, argv: Argument[]): Promise<DecodedReply> {
  const reply = await attempt(session, argv)
  if (reply === undefined) return refuse('\nI/O error')
  if (reply.type === 'error') return refuse(`${argv[0]} failed: ${readable(reply.bytes)}`)
  return reply
}

/** Asks, and connects again as often as it takes when the connection is lost. */
export async function askPatiently(session: Session, argv: Argument[]): Promise<DecodedReply> {
  for (let tries = 0; ; tries++) {
    const reply = session.link === undefined ? undefined : await attempt(session, argv)
    if (reply !== undefined) {
      if (reply.type === 'error') refuse(`ERROR: ${readable(reply.bytes)}`)
      return reply
    }
    print(`\r\x1b[0KReconnecting... ${tries + 1}\r`)
    await pause(tries === 0 ? 0 : 1000)
    await session.connect(true)
    if (session.link !== undefined) print('\r\x1b[0K')
  }
}

/** Sends many commands at once and returns their replies in order. */
export async function askAll(
  session: Session,
  commands: readonly Argument[][],
): Promise<DecodedReply[]> {
  const link = session.link!
  try {
    // The last one is awaited by `call`, those before it are in order by then.
    const replies = commands.map((argv) => link.call(argv))
    return await Promise.all(replies)
  } catch (error) {
    if (!(error instanceof LinkError)) throw error
    return refuse(`Error: ${error.message}`)
  }
}

async function attempt(session: Session, argv: Argument[]): Promise<DecodedReply | undefined> {
  try {
    return await session.link!.call(argv)
  } catch (error) {
    if (!(error instanceof LinkError)) throw error
    if (session.settings.verbose) complain(error.message)
    session.drop()
    return undefined
  }
}

/** The text of a reply that is one; empty otherwise. */
export function textOf(reply: DecodedReply | undefined): string {
  return reply !== undefined && 'bytes' in reply ? binary(reply.bytes) : ''
}

/** The number of a reply that is an integer; undefined otherwise. */
export function numberOf(reply: DecodedReply | undefined): number | undefined {
  return reply?.type === 'integer' ? Number(reply.value) : undefined
}

/** A share as the shell prints it: `07.50`. */
export function percent(part: number, whole: number): string {
  return (whole === 0 ? 0 : (100 * part) / whole).toFixed(2).padStart(5, '0')
}
