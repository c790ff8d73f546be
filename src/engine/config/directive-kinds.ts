// directive-kinds.ts: the ordinary sorts of values: yes or no, numbers, choices and strings.
// The reasons for a refusal are redis-server's, byte for byte: people and tests search for them.

import { quoteWord } from '../../formats/directives.ts'
import type { ConfigLine, Reading, ValueKind } from './directive.ts'
import { refuse } from './directive.ts'

/** A line that is needed only where the value is not the default. */
export function plainLine<V>(
  name: string,
  now: Reading<V>,
  initial: Reading<V>,
): readonly ConfigLine[] {
  return [{ text: `${name} ${now.text}`, force: now.text !== initial.text }]
}

export const yesNo: ValueKind<boolean> = {
  name: 'yes/no',
  words: false,
  read(words) {
    const word = words[0]!.toLowerCase()
    if (word !== 'yes' && word !== 'no') refuse("argument must be 'yes' or 'no'")
    return { value: word === 'yes', text: word }
  },
  write: plainLine,
}

/** Names for the refusal of a choice. */
function notOneOf(names: readonly string[]): never {
  return refuse(`argument(s) must be one of the following: ${names.join(', ')}`)
}

/**
 * One of several names.
 * @param same names that are read as another one, which CONFIG GET prints
 */
export function choice(
  names: readonly string[],
  same: Readonly<Record<string, string>> = {},
): ValueKind<string> {
  return {
    name: names.join(' | '),
    words: false,
    read(words) {
      const word = words[0]!.toLowerCase()
      if (!names.includes(word)) notOneOf(names)
      const text = same[word] ?? word
      return { value: text, text }
    },
    write: plainLine,
  }
}

/** Who may: nobody, everybody, or who is on this machine (protected-action.ts). */
export const permission = choice(['no', 'yes', 'local'])

/**
 * Any combination of several names, printed in the order of `names`.
 * @param none the name of the empty combination
 * @param check called with the combination; may refuse it
 */
export function choices(
  none: string,
  names: readonly string[],
  check: (chosen: ReadonlySet<string>) => void,
): ValueKind<ReadonlySet<string>> {
  const all = [none, ...names]
  return {
    name: `${none} | any of ${names.join(', ')}`,
    words: true,
    read(words) {
      const chosen = new Set(words.map((word) => word.toLowerCase()))
      if (chosen.size === 0 || [...chosen].some((word) => !all.includes(word))) notOneOf(all)
      chosen.delete(none)
      check(chosen)
      return { value: chosen, text: names.filter((name) => chosen.has(name)).join(' ') || none }
    },
    write: plainLine,
  }
}

export type StringOptions = {
  /** An empty value is the absence of one: CONFIG REWRITE then drops the line. */
  emptyIsNone?: boolean
  /** The bytes may hold zeros, at which the other strings end. */
  binary?: boolean
  /** CONFIG REWRITE writes it whatever the default. */
  always?: boolean
  /** May refuse the value. */
  check?: (value: string) => void
}

/** A string of bytes. */
export function string(options: StringOptions = {}): ValueKind<string> {
  const { emptyIsNone = false, binary = false, always = false, check } = options
  return {
    name: 'string',
    words: false,
    read(words) {
      const word = words[0]!
      const zero = binary ? -1 : word.indexOf('\0')
      const text = zero < 0 ? word : word.slice(0, zero)
      check?.(text)
      return { value: text, text }
    },
    write(name, now, initial) {
      if ((emptyIsNone || always) && now.text === '') return []
      const force = emptyIsNone || always || now.text !== initial.text
      return [{ text: `${name} ${quoteWord(now.text)}`, force }]
    },
  }
}
