// release-buffers.ts: gives the pages of ArrayBuffers back to the system at once.
//
// JavaScript has no call for it before ArrayBuffer.prototype.transfer (Node 21), and the garbage
// collector sees no reason to run when memory is only given up. A buffer that is posted to a port
// nobody listens to leaves this thread, and its pages go with the message.

import { MessageChannel, type MessagePort } from 'node:worker_threads'

let outlet: MessagePort | undefined

/** Frees the memory of buffers; their arrays have no length afterwards. */
export function releaseBuffers(buffers: ArrayBuffer[]): void {
  outlet ??= openOutlet()
  outlet.postMessage(null, buffers)
}

function openOutlet(): MessagePort {
  const { port1, port2 } = new MessageChannel()
  port2.close()
  return port1
}
