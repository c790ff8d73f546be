// bind-probe.ts: learns at once whether addresses can be listened on.
//
// CONFIG SET port has to answer yes or no before the next command runs, and Node binds only in a
// later turn of the event loop. So a worker thread binds and closes, while this thread waits for
// it; that takes some 30 ms, which nobody minds for a command given once a year.

import { createRequire } from 'node:module'
import type Threads from 'node:worker_threads'
import { listenTcp, type TcpPlace } from './tcp-listen.ts'

const WAIT_MS = 10_000
/** Bytes for the lines that explain a failure. */
const TEXT_SIZE = 8192

/** Set in the environment of the thread that probes. */
const MARK = 'RUBELLITE_PROBES'

type Task = { readonly place: TcpPlace; readonly memory: SharedArrayBuffer }

/**
 * Whether `listenTcp` would succeed.
 * @param warn gets a line for each address that failed
 */
export function canListen(place: TcpPlace, warn: (line: string) => void): boolean {
  const memory = new SharedArrayBuffer(12 + TEXT_SIZE)
  const [state, size] = [new Int32Array(memory, 0, 2), new Int32Array(memory, 8, 1)]
  const { Worker } = threads()
  const env = { ...process.env, [MARK]: '1' }
  const worker = new Worker(new URL(import.meta.url), { workerData: { place, memory }, env })
  worker.unref()
  Atomics.wait(state, 0, 0, WAIT_MS)
  const text = Buffer.from(new Uint8Array(memory, 12, size[0])).toString()
  for (const line of text.split('\n')) if (line !== '') warn(line)
  return state[1] === 1
}

async function probe({ place, memory }: Task): Promise<void> {
  const [state, size] = [new Int32Array(memory, 0, 2), new Int32Array(memory, 8, 1)]
  const lines: string[] = []
  const servers = await listenTcp(
    place,
    () => {},
    (line) => lines.push(line),
  )
  for (const server of servers ?? []) await new Promise((closed) => server.close(closed))
  const text = new Uint8Array(memory, 12)
  size[0] = new TextEncoder().encodeInto(lines.join('\n'), text).written
  state[1] = servers === undefined ? 0 : 1
  state[0] = 1
  Atomics.notify(state, 0)
}

// Loaded when it is asked for: no start needs it.
function threads(): typeof Threads {
  return createRequire(import.meta.url)('node:worker_threads')
}

if (process.env[MARK] !== undefined && !threads().isMainThread) void probe(threads().workerData)
