// duel.ts: plays one script of commands on two servers and stops at the first reply that differs.
import { setTimeout as sleep } from 'node:timers/promises'
import { quoted } from '../support/printed.ts'
import type { TestServer } from '../support/servers.ts'
import type { Wire, WireReply } from '../support/wire.ts'
import { sameExec, sameReply } from './answers.ts'
import type { Argument } from './arguments.ts'
import { mildClimate } from './climate.ts'

/** One command of a script and the connection it goes through. */
export interface Line {
  session: number
  args: Argument[]
}

export interface Mismatch {
  /** The place in the script. */
  index: number
  ours: string
  theirs: string
}

export interface Duel {
  ours: TestServer
  theirs: TestServer
  protocol: 2 | 3
}

/** How long a server that closed a connection may take to be gone. */
const lastWordsMs = 100

/** What a server must forget between two scripts, beside its keys. */
const sweep = [
  ['FLUSHALL'],
  ['DEBUG', 'SET-ACTIVE-EXPIRE', '0'],
  ['CONFIG', 'SET', 'maxmemory-policy', 'noeviction', 'timeout', '0', 'maxclients', '10000'],
  ['CONFIG', 'SET', 'hz', '10', 'maxmemory', '0'],
  mildClimate,
]

/**
 * Plays the script from an empty state on both sides; undefined when all replies agree. A server
 * that the last script has brought down is started again.
 */
export async function fight(duel: Duel, script: readonly Line[]): Promise<Mismatch | undefined> {
  const sides = [new Side(duel.ours, duel.protocol), new Side(duel.theirs, duel.protocol)] as const
  try {
    await Promise.all(sides.map((side) => side.prepare()))
    const queues = new Map<number, string[][]>()
    for (let from = 0; from < script.length; ) {
      const batch = nextBatch(script, from)
      const [ours, theirs] = await Promise.all(sides.map((side) => side.play(batch)))
      for (let i = 0; i < batch.length; i++) {
        const [one, other] = [ours?.[i], theirs?.[i]]
        if (agree(batch[i] as Line, { one, other, queues })) continue
        const [shownOurs, shownTheirs] = [
          await shown(one, duel.ours),
          await shown(other, duel.theirs),
        ]
        return { index: from + i, ours: shownOurs, theirs: shownTheirs }
      }
      from += batch.length
    }
    return undefined
  } finally {
    for (const side of sides) side.close()
  }
}

/** Commands of one session that follow each other are sent in one piece. */
function nextBatch(script: readonly Line[], from: number): readonly Line[] {
  let end = from + 1
  while (end < script.length && script[end]?.session === script[from]?.session) end++
  return script.slice(from, end)
}

interface Pair {
  one: WireReply | undefined
  other: WireReply | undefined
  /** What each session has queued, so that the items of EXEC can be judged one by one. */
  queues: Map<number, string[][]>
}

function agree(line: Line, { one, other, queues }: Pair): boolean {
  if (one === undefined || other === undefined) return one === other
  const words = line.args.map((arg) => Buffer.from(arg).toString('latin1'))
  const name = words[0]?.toUpperCase()
  const reply = other.raw.toString('latin1')
  const queue = queues.get(line.session) ?? []
  if (name === 'DISCARD' || name === 'RESET') queues.delete(line.session)
  if (reply === '+QUEUED\r\n') queues.set(line.session, [...queue, words])
  if (name !== 'EXEC') return sameReply(words, one.raw, other.raw)
  queues.delete(line.session)
  return sameExec(queue, one.raw, other.raw)
}

class Side {
  private readonly server: TestServer
  private readonly protocol: 2 | 3
  private readonly wires = new Map<number, Wire>()

  constructor(server: TestServer, protocol: 2 | 3) {
    this.server = server
    this.protocol = protocol
  }

  /** Makes the server as good as new, or starts it again when it is not there. */
  async prepare(): Promise<void> {
    try {
      const wire = await this.server.connect()
      await wire.pipeline(sweep)
      wire.close()
    } catch {
      await this.server.restart()
    }
  }

  /** The replies, undefined from where the connection was closed. */
  async play(batch: readonly Line[]): Promise<(WireReply | undefined)[]> {
    const wire = await this.wire(batch[0]?.session ?? 0).catch(() => undefined)
    if (wire === undefined) return []
    const replies = await wire.attempt(batch.map((line) => line.args))
    // A closed connection is replaced by a new one, as a client would do.
    if (wire.isClosed) this.wires.delete(batch[0]?.session ?? 0)
    return replies
  }

  close(): void {
    for (const wire of this.wires.values()) wire.close()
  }

  private async wire(session: number): Promise<Wire> {
    const known = this.wires.get(session)
    if (known !== undefined) return known
    const wire = await this.server.connect()
    if (this.protocol === 3) await wire.call('HELLO', '3')
    this.wires.set(session, wire)
    return wire
  }
}

/** A reply as text; where none came because the server died, its last words. */
async function shown(reply: WireReply | undefined, server: TestServer): Promise<string> {
  if (reply !== undefined) return quoted(reply.raw)
  await sleep(lastWordsMs)
  return server.isAlive() ? '(closed)' : `(the server died)\n${server.log().slice(-2000)}`
}
