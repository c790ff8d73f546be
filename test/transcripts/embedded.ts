// embedded.ts: plays transcripts inside this process, with a clock that only moves when told to.
import { Rubellite } from 'rubellite'
import { readReply } from '../support/resp.ts'
import type { WireReply } from '../support/wire.ts'
import type { Mode, Stage, Talk } from './modes.ts'

/** A clock that starts where every run starts, and chance that repeats itself. */
const law = {
  clock: 'manual',
  seed: 42,
  now: Date.UTC(2030, 0, 1),
  config: { 'enable-debug-command': 'yes', 'enable-module-command': 'yes' },
} as const

/** The embedded engine, spoken to in the bytes of the protocol. */
export const embeddedModes: Mode[] = [embeddedMode(2), embeddedMode(3)]

function embeddedMode(protocol: 2 | 3): Mode {
  return {
    name: `in-process resp${protocol}`,
    isClockManual: true,
    open: async () => ({ stage: () => openStage(protocol), close: async () => {} }),
  }
}

async function openStage(protocol: 2 | 3): Promise<Stage> {
  const db = await Rubellite.open(law)
  const talks = new Map<number, EmbeddedTalk>()
  const heard: Uint8Array[] = []
  return {
    isClockManual: true,
    protocol,
    heard: () => Buffer.concat(heard),
    async talk(session) {
      const known = talks.get(session)
      if (known !== undefined) return known
      const talk = new EmbeddedTalk(db.session(), heard)
      talk.greet(protocol)
      talks.set(session, talk)
      return talk
    },
    async advance(ms) {
      db.clock.advance(ms)
    },
    close: () => db.close(),
  }
}

type Session = ReturnType<Rubellite['session']>

class EmbeddedTalk implements Talk {
  private readonly session: Session
  private readonly heard: Uint8Array[]
  private readonly ready: WireReply[] = []

  constructor(session: Session, heard: Uint8Array[]) {
    this.session = session
    this.heard = heard
  }

  greet(protocol: 2 | 3): void {
    this.session.execute(Buffer.from(`HELLO ${protocol}\r\n`))
  }

  send(bytes: Uint8Array): void {
    const answer = Buffer.from(this.session.execute(bytes))
    this.heard.push(answer)
    for (let at = 0; at < answer.length; ) {
      const read = readReply(answer, at)
      if (read === undefined) throw new Error('half a reply')
      this.ready.push({ raw: answer.subarray(at, read.end), value: read.value })
      at = read.end
    }
  }

  async next(): Promise<WireReply> {
    // What was held back, and sent when the clock moved on, waits to be collected.
    if (this.ready.length === 0) this.send(new Uint8Array(0))
    const reply = this.ready.shift()
    if (reply === undefined) throw new Error('no reply')
    return reply
  }

  /** A conversation that has ended answers nothing any more. */
  async hasClosed(): Promise<boolean> {
    return this.ready.length === 0
  }

  unread(): WireReply[] {
    return this.ready.splice(0)
  }
}
