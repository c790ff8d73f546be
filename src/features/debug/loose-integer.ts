// loose-integer.ts: numbers as DEBUG reads them.

/** A number as C's atoi reads it: what does not begin with one is 0. */
export function looseInteger(text: string): number {
  return Number.parseInt(text, 10) || 0
}
