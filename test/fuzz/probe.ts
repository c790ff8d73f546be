// probe.ts: sends bytes to a server, says that nothing more will come, and collects what it answers
// until it closes the connection.
import { connect } from 'node:net'

/** A server that neither answers nor closes has hung. */
const silenceMs = 10_000

export interface Answer {
  bytes: Buffer
  /** How it ended: by the server's close, by a reset, not within ten seconds, or never began. */
  end: 'closed' | 'reset' | 'silent' | 'refused'
}

export function probe(port: number, request: Uint8Array): Promise<Answer> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    let end: Answer['end'] = 'closed'
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
    socket.setTimeout(silenceMs, () => {
      end = 'silent'
      socket.destroy()
    })
    socket.on('data', (chunk: Buffer) => chunks.push(chunk))
    // Data that the server did not read before it closed makes the system send a reset.
    socket.on('error', (error: NodeJS.ErrnoException) => {
      end = error.code === 'ECONNREFUSED' ? 'refused' : 'reset'
    })
    socket.on('end', () => socket.destroy())
    socket.on('close', () => resolve({ bytes: Buffer.concat(chunks), end }))
    socket.end(request)
  })
}

/**
 * True when both servers gave the same answer. A reset may have swallowed the last bytes of an
 * answer on its way, so there the shorter one only has to agree as far as it goes.
 */
export function sameAnswer(ours: Answer, theirs: Answer): boolean {
  if ([ours.end, theirs.end].some((end) => end === 'silent' || end === 'refused')) return false
  if (ours.bytes.equals(theirs.bytes)) return true
  if (ours.end === 'closed' && theirs.end === 'closed') return false
  const length = Math.min(ours.bytes.length, theirs.bytes.length)
  return ours.bytes.subarray(0, length).equals(theirs.bytes.subarray(0, length))
}
