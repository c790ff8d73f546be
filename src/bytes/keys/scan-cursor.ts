// scan-cursor.ts: how SCAN goes through a table that grows and shrinks meanwhile: a cursor counts
// in reversed-bit order (dict.ts says why).

/** The 32 bits of a number in reversed order, unsigned. */
export function reversed(value: number): number {
  let v = value
  v = ((v >>> 1) & 0x55555555) | ((v & 0x55555555) << 1)
  v = ((v >>> 2) & 0x33333333) | ((v & 0x33333333) << 2)
  v = ((v >>> 4) & 0x0f0f0f0f) | ((v & 0x0f0f0f0f) << 4)
  v = ((v >>> 8) & 0x00ff00ff) | ((v & 0x00ff00ff) << 8)
  return ((v >>> 16) | (v << 16)) >>> 0
}

/**
 * The cursor after one, 0 at the end.
 * @param mask bits of the hash that choose a place among those that are not divided
 */
export function cursorAfter(cursor: number, mask: number): number {
  return reversed(reversed(cursor | ~mask) + 1)
}
