// release-buffers.ts: gives the pages of ArrayBuffers back to the system at once.
//
// JavaScript has no call for it before ArrayBuffer.prototype.transfer (Node 21), and waiting for
// the garbage collector lets a process grow to three times its data. A buffer that is posted to a
// port nobody listens to leaves this thread, and its pages go with the message.

const { port1: outlet, port2: inlet } = new MessageChannel()
inlet.close()

/** Frees the memory of buffers; their arrays have no length afterwards. */
export function releaseBuffers(buffers: ArrayBuffer[]): void {
  outlet.postMessage(null, buffers)
}
