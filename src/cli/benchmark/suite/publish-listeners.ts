// publish-listeners.ts: the subscribers of publish.ts, in a process of their own: they count bytes,
// since what a message looks like on the wire is known, and say when all have all.
import { connect } from 'node:net'
import { encodeCommand } from '../../../node/net/link.ts'
import type { LoadTarget } from '../load/job.ts'

/** What the process is told to do. */
export interface ListenerOrder {
  target: LoadTarget
  listeners: number
  channel: string
  payload: string
  /** How many messages each listener waits for. */
  messages: number
}

process.once('message', listen)
process.once('disconnect', () => process.exit())

function listen(order: ListenerOrder): void {
  const { target, listeners, channel, payload, messages } = order
  const greeting = encodeCommand(['subscribe', channel]).length + ':1\r\n'.length
  const message = encodeCommand(['message', channel, payload]).length
  let ready = 0
  let done = 0
  for (let i = 0; i < listeners; i++) {
    const socket = connect(target)
    socket.write(encodeCommand(['SUBSCRIBE', channel]))
    let received = 0
    socket.on('data', (chunk: Buffer) => {
      const before = received
      received += chunk.length
      if (before < greeting && received >= greeting && ++ready === listeners) {
        process.send?.('ready')
      }
      if (received === greeting + messages * message && ++done === listeners) {
        process.send?.('done')
      }
    })
  }
}
