// legacy-range.ts: the old way of telling clients where keys are: first key, last key and step.
//
// It is what COMMAND answered before there were key specs, and old clients still read it. Where
// several specs follow each other without a gap they make one range; what does not fit is left out
// and the command is marked `movablekeys`: ask COMMAND GETKEYS.

import { INCOMPLETE, type KeySpec } from './key-specs.ts'

/** First and last key and the step between keys; all zero where there is no range. */
export type LegacyRange = {
  first: number
  /** Below zero it counts from the end of the call, -1 being its last word. */
  last: number
  step: number
  /** Not all keys lie in the range. */
  movable: boolean
}

/** The range that the specs make together. */
export function legacyRange(specs: readonly KeySpec[]): LegacyRange {
  const range = { first: 0, last: 0, step: 0, movable: false }
  for (const spec of specs) {
    if (!extend(range, spec, specs.length === 1)) range.movable = true
    else if (spec.flags & INCOMPLETE) range.movable = true
  }
  return range
}

/** Takes a spec into the range; false where it does not fit. */
function extend(range: LegacyRange, spec: KeySpec, alone: boolean): boolean {
  const { begin, find } = spec
  if (begin.type !== 'index' || find.type !== 'range') return false
  if (!alone && find.keyStep !== 1) return false
  if (range.step !== 0 && range.last !== begin.index - 1) return false
  if (range.step === 0) range.first = begin.index
  range.step = find.keyStep
  range.last = find.lastKey < 0 ? find.lastKey : begin.index + find.lastKey
  return true
}
