// modes.ts: the ways in which every transcript is run, and how each of them speaks and waits.
import { setTimeout as sleep } from 'node:timers/promises'
import { startReference, startRubellite, type TestServer } from '../support/servers.ts'
import type { Wire, WireReply } from '../support/wire.ts'

/** One conversation of a transcript, whatever carries it. */
export interface Talk {
  send(bytes: Uint8Array): void
  /** The next reply; fails when there will be none. */
  next(): Promise<WireReply>
  /** True when the other side has ended the conversation. */
  hasClosed(): Promise<boolean>
  /** Replies nobody has asked for. */
  unread(): WireReply[]
}

/** A place in which a transcript can be played, empty at the start of each. */
export interface Stage {
  isClockManual: boolean
  protocol: 2 | 3
  talk(session: number): Promise<Talk>
  advance(ms: number): Promise<void>
  /** Every byte received so far, where the clock and chance repeat themselves. */
  heard?(): Buffer
  close(): Promise<void>
}

export interface Mode {
  /** What an exception in a transcript may name: the whole name or one of its words. */
  name: string
  isClockManual: boolean
  /** Which transcripts it plays, by their names; all, where it does not say. */
  plays?(name: string): boolean
  /** Starts what all transcripts of this mode share. */
  open(): Promise<{ stage(): Promise<Stage>; close(): Promise<void> }>
}

const allowed = ['--enable-debug-command', 'yes', '--enable-module-command', 'yes']

/** The modes that talk to a server over TCP, in both protocols. */
export const serverModes: Mode[] = [
  serverMode('tcp resp2', () => startRubellite(allowed), 2),
  serverMode('tcp resp3', () => startRubellite(allowed), 3),
]

/** The modes that hold the transcripts themselves against redis-server 8.2.3. */
export const referenceModes: Mode[] = [
  serverMode('real resp2', () => startReference(allowed), 2),
  serverMode('real resp3', () => startReference(allowed), 3),
]

function serverMode(name: string, start: () => Promise<TestServer>, protocol: 2 | 3): Mode {
  return {
    name,
    isClockManual: false,
    async open() {
      let server = await start()
      return {
        async stage() {
          // A transcript that broke off may leave a password or a dead server behind.
          if (!(await isSwept(server))) {
            await server.stop()
            server = await start()
          }
          return serverStage(server, protocol)
        },
        close: () => server.stop(),
      }
    },
  }
}

/** Makes a server as good as new; false when it does not obey. */
async function isSwept(server: TestServer): Promise<boolean> {
  try {
    const wire = await server.connect()
    const replies = await wire.pipeline([
      ['FLUSHALL'],
      ['CONFIG', 'RESETSTAT'],
      ['CLIENT', 'KILL', 'TYPE', 'normal'],
      ['QUIT'],
    ])
    await wire.closed
    return replies.every((reply) => reply.value.kind !== 'error')
  } catch {
    return false
  }
}

function serverStage(server: TestServer, protocol: 2 | 3): Stage {
  const talks = new Map<number, Wire>()
  return {
    isClockManual: false,
    protocol,
    async talk(session) {
      const known = talks.get(session)
      if (known !== undefined) return wireTalk(known)
      const wire = await server.connect()
      if (protocol === 3) await wire.call('HELLO', '3')
      talks.set(session, wire)
      return wireTalk(wire)
    },
    advance: (ms) => sleep(ms),
    async close() {
      for (const wire of talks.values()) wire.close()
    },
  }
}

function wireTalk(wire: Wire): Talk {
  return {
    send: (bytes) => wire.send(bytes),
    next: () => wire.next(),
    unread: () => wire.unread(),
    hasClosed: () => Promise.race([wire.closed.then(() => true), sleep(2000, false)]),
  }
}
