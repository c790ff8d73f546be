// climate.ts: the directives under which a script is played: mostly limits so low that a few
// elements make a value change its encoding.
import type { Seed } from '../support/seed.ts'

/** Directives, their defaults, and other values that make much happen with little. */
const limits: readonly (readonly [names: string, initial: string, ...low: string[]])[] = [
  ['hash-max-listpack-entries', '512', '4', '8', '0'],
  ['hash-max-listpack-value', '64', '10', '4'],
  // Were there fewer integers allowed than others, then what a union is kept as would follow from
  // the order of a hash table.
  ['set-max-intset-entries set-max-listpack-entries', '512 128', '5 4', '8 8', '6 0', '0 0'],
  ['set-max-listpack-value', '64', '10', '4'],
  ['zset-max-listpack-entries', '128', '4', '8', '0'],
  ['zset-max-listpack-value', '64', '10', '4'],
  ['list-max-listpack-size', '-2', '4', '3', '-1', '1'],
  ['list-compress-depth', '0', '1', '2'],
  ['stream-node-max-entries', '100', '3', '5', '1'],
  ['stream-node-max-bytes', '4096', '100', '0'],
  ['hll-sparse-max-bytes', '3000', '100', '0'],
]

/** Names and values in turn, as CONFIG SET takes them. */
function pairs(names: string, values: string): string[] {
  const list = values.split(' ')
  return names.split(' ').flatMap((name, i) => [name, list[i] ?? ''])
}

/** Brings back the defaults. */
export const mildClimate: readonly string[] = [
  'CONFIG',
  'SET',
  ...limits.flatMap(([names, initial]) => pairs(names, initial)),
]

/** Commands that set the scene. */
export function makeClimate(seed: Seed): string[][] {
  if (seed.chance(0.25)) return []
  return limits.flatMap(([names, , ...low]) => {
    return seed.chance(0.6) ? [['CONFIG', 'SET', ...pairs(names, seed.pick(low))]] : []
  })
}
