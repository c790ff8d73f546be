// endless.ts: a client whose pipeline never ends, as a process of its own: it writes requests as
// long as the server takes them and throws the replies away, until it is killed.
import { type ChildProcess, fork } from 'node:child_process'
import { connect } from 'node:net'
import { fileURLToPath } from 'node:url'
import { signalChild, track } from '../servers/children.ts'
import type { LoadTarget } from './job.ts'
import { RequestBatch, type RequestTemplate } from './request-batch.ts'

interface EndlessJob {
  target: LoadTarget
  request: RequestTemplate
}

/** Bytes of requests that are written at once. */
const BATCH_BYTES = 1 << 18

/** A load that goes on until it is stopped. */
export interface EndlessLoad {
  pid: number | undefined
  stop(): void
}

/** Starts the client; what its requests answer, errors too, is not looked at. */
export function startEndless(target: LoadTarget, request: RequestTemplate): EndlessLoad {
  const entry = fileURLToPath(new URL('./endless-process.js', import.meta.url))
  const child: ChildProcess = fork(entry, [], { serialization: 'advanced', execArgv: [] })
  track(child)
  const job: EndlessJob = { target, request }
  child.send(job)
  return { pid: child.pid, stop: () => signalChild(child, 'SIGKILL') }
}

/** Writes without end; the process's part. */
export function writeEndlessly({ target, request }: EndlessJob): void {
  const one = new RequestBatch(request, 1, 0).bytes.length
  const { bytes } = new RequestBatch(request, Math.ceil(BATCH_BYTES / one), 0)
  const socket = connect(target)
  const write = () => {
    while (socket.write(bytes));
  }
  socket.on('connect', write).on('drain', write).resume()
  socket.on('error', () => process.exit(1))
}
