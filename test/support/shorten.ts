// shorten.ts: makes a failing example as short as it will go, by leaving pieces out.

/** A list that still shows the failure, and what it shows. */
export interface Failing<T, Proof> {
  list: T[]
  proof: Proof
}

/** Tries a shorter list; undefined when it no longer fails. It may return a still shorter one. */
export type Attempt<T, Proof> = (list: T[]) => Promise<Failing<T, Proof> | undefined>

/**
 * Deletes elements, in large pieces first, as long as the rest still fails.
 * @param trialsMax how many shorter lists are tried at most.
 */
export async function shorten<T, Proof>(
  failing: Failing<T, Proof>,
  attempt: Attempt<T, Proof>,
  trialsMax: number,
): Promise<Failing<T, Proof>> {
  let best = failing
  let trials = 0
  let piece = Math.max(1, best.list.length >> 1)
  for (let hasShrunk = true; hasShrunk || piece > 1; ) {
    if (!hasShrunk) piece = Math.max(1, piece >> 1)
    hasShrunk = false
    for (let at = 0; at < best.list.length; ) {
      if (trials++ >= trialsMax) return best
      const shorter = [...best.list.slice(0, at), ...best.list.slice(at + piece)]
      const found = shorter.length === 0 ? undefined : await attempt(shorter)
      if (found === undefined) at += piece
      else {
        best = found
        hasShrunk = true
      }
    }
  }
  return best
}
