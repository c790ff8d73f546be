// long-text.ts: reads long texts by Node's own decoder, which is faster than a loop from some
// dozens of bytes on.

import type { Decode } from '../../engine/dispatch/reply-value.ts'

/** A decoder of its own for each reader: it keeps the view of the buffer it read from last. */
export function longText(): Decode {
  let view = Buffer.alloc(0)
  return (bytes, start, end) => {
    if (view.buffer !== bytes.buffer || view.byteOffset !== bytes.byteOffset) {
      view = Buffer.from(bytes.buffer as ArrayBuffer, bytes.byteOffset, bytes.length)
    }
    return view.toString('utf8', start, end)
  }
}
