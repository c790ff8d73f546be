// changes.ts: what changes the key space behind the back of engine/dispatch/changes.ts.
import { typescriptIn } from './code.ts'

/** They free what nobody has seen, or make room and say what comes in its place. */
const discreet = [
  'src/features/keys/restore.ts',
  'src/features/persistence/load.ts',
  'src/features/sort/store.ts',
]

const counts = /\bdirty\b\s*(\+\+|--|[-+]?=(?!=))/
const removes = /\bdb\.(remove|discard|moveTo)\(/

/** Commands say what they change, and `changes` counts and removes: else somebody is not told. */
export function hiddenChanges(): string[] {
  return typescriptIn('src/types', 'src/features')
    .filter(({ path }) => !path.endsWith('.test.ts'))
    .flatMap(({ path, lines }) => lines.map((text, i) => ({ path, text, line: i + 1 })))
    .filter(({ path, text }) => counts.test(text) || (removes.test(text) && !isDiscreet(path)))
    .map(({ path, text, line }) => `${path}:${line} does so itself: ${text.trim()}`)
}

function isDiscreet(path: string): boolean {
  return discreet.includes(path)
}
