// pipe.ts: mass insertion: standard input goes to the server as it is, replies are only counted.
//
// Nobody knows how many commands the input holds, so an ECHO of random bytes is sent behind it:
// once they come back, all has been answered. The line end ahead of it ends what may have been
// cut short; servers pass over an empty line.

import { randomBytes } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { DecodedReply } from '../../../formats/resp.ts'
import { encodeCommand, type Link } from '../../../node/net/link.ts'
import { LinkError } from '../../../node/net/link-socket.ts'
import { complain, readable, refuse, say } from '../format/output.ts'

const MARK_LENGTH = 20
const LOOK_MS = 250

interface Insertion {
  link: Link
  mark: Buffer
  /** All input has been sent, and the mark behind it. */
  sent: boolean
  done: boolean
  errors: number
  replies: number
  lastReplyAt: number
}

/**
 * Sends the input and counts the replies.
 *
 * @param timeoutS seconds without a reply, once all is sent, after which to give up; 0 for never.
 * @returns the exit code: 1 when there were errors.
 */
export async function pipe(link: Link, input: NodeJS.ReadStream, timeoutS: number) {
  const insertion: Insertion = {
    link,
    mark: randomBytes(MARK_LENGTH),
    sent: false,
    done: false,
    errors: 0,
    replies: 0,
    lastReplyAt: Date.now(),
  }
  const failed = sendAll(insertion, input)
  await Promise.race([readAll(insertion), giveUp(insertion, timeoutS), failed])
  say(`errors: ${insertion.errors}, replies: ${insertion.replies}`)
  return insertion.errors > 0 ? 1 : 0
}

/** Sends everything; the promise only ever ends by failing, for the race is for the replies. */
async function sendAll(insertion: Insertion, input: NodeJS.ReadStream): Promise<never> {
  const { link } = insertion
  try {
    for await (const chunk of input) {
      if (!link.writeRaw(chunk as Buffer)) await link.drained()
    }
  } catch (error) {
    refuse(`Error reading from stdin: ${(error as Error).message}`)
  }
  // The counting starts to look for the mark before it can have come back.
  insertion.sent = true
  insertion.lastReplyAt = Date.now()
  say('All data transferred. Waiting for the last reply...')
  link.writeRaw(Buffer.concat([Buffer.from('\r\n'), encodeCommand(['ECHO', insertion.mark])]))
  return await new Promise<never>(() => {})
}

async function readAll(insertion: Insertion): Promise<void> {
  while (!insertion.done) {
    let reply: DecodedReply
    try {
      reply = await insertion.link.read()
    } catch (error) {
      if (!(error instanceof LinkError)) throw error
      refuse('Error reading replies from server')
    }
    if (reply.type !== 'push') count(insertion, reply)
  }
}

function count(insertion: Insertion, reply: DecodedReply): void {
  insertion.lastReplyAt = Date.now()
  if (reply.type === 'error') {
    complain(readable(reply.bytes))
    insertion.errors++
  } else if (insertion.sent && reply.type === 'string' && insertion.mark.equals(reply.bytes)) {
    say('Last reply received from server.')
    insertion.done = true
    return
  }
  insertion.replies++
}

async function giveUp(insertion: Insertion, timeoutS: number): Promise<void> {
  for (;;) {
    await pause(LOOK_MS, undefined, { ref: false })
    const silentMs = Date.now() - insertion.lastReplyAt
    if (timeoutS > 0 && insertion.sent && silentMs > timeoutS * 1000) break
  }
  complain(`No replies for ${timeoutS} seconds: exiting.`)
  insertion.errors++
}
