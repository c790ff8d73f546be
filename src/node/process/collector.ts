// collector.ts: asks V8 to look for buffers that nobody uses any more.
//
// A buffer's pages can be given back at once, by transferring it to a port that nobody listens to.
// But V8 compiles every access to a typed array for a world in which no buffer was ever taken away,
// and once one was, it compiles all of them anew, with a look at the buffer each time: that costs
// commands a tenth of their speed for good (docs/decisions/compiled-for-serving.md). So buffers are
// left to the garbage collector, which has to be told when there are many: it runs when something
// is allocated, and a server that was emptied allocates nothing.

/**
 * Bytes by which buffers may grow before V8 begins to mark what lives (64 MiB), and some more. They
 * are never written to, so that no memory comes with them.
 */
const NUDGE_BYTES = 80 << 20
/** How long to leave V8 alone after that, in milliseconds. */
const PAUSE_MS = 1000

let nudgedAt = Number.NEGATIVE_INFINITY

/**
 * Makes V8 begin a collection, which goes on in the background; the process stands still for a
 * millisecond or two at its end.
 * @returns false where one has just begun, so that it is not worth it yet
 */
export function nudgeCollector(): boolean {
  const now = performance.now()
  if (now - nudgedAt < PAUSE_MS) return false
  nudgedAt = now
  try {
    return new ArrayBuffer(NUDGE_BYTES).byteLength > 0
  } catch {
    // The process may not have as much address space: it collects when it needs to, as always.
    return true
  }
}
