// grammar.ts: makes commands from lines that say what commands look like.
//
//   20 SET key value [EX seconds | KEEPTTL]
//
// A line begins with how often it is taken, as a weight. Lower case is an argument of that kind
// (arguments.ts, values.ts), upper case a token, `[ ]` optional, `( )` grouped, `|` a choice, `+`
// repeated one to four times, `#( )` the same after a word that says how many times.
import type { Seed } from '../support/seed.ts'
import { type Argument, makers } from './arguments.ts'

type Part = (seed: Seed, into: Argument[]) => void

export interface Sentence {
  /** The command's name. */
  name: string
  weight: number
  make: Part
}

/** The sentences of a text; a line that does not start with a number continues the one before. */
export function parseSentences(text: string): Sentence[] {
  return text
    .trim()
    .split(/\n(?=\d)/)
    .map((line) => {
      const [weight = '', ...words] = line.match(/[^\s()[\]|+#]+|[()[\]|+#]/g) ?? []
      return { name: words[0] ?? '', weight: Number(weight), make: parseChoice(words) }
    })
}

/** Picks sentences by their weights. */
export class Sentences {
  private readonly list: readonly Sentence[]
  private readonly total: number

  constructor(list: readonly Sentence[]) {
    this.list = list
    this.total = list.reduce((sum, { weight }) => sum + weight, 0)
  }

  make(seed: Seed): Argument[] {
    let at = (seed.below(1_000_000) / 1_000_000) * this.total
    const args: Argument[] = []
    for (const { weight, make } of this.list) {
      at -= weight
      if (at >= 0) continue
      make(seed, args)
      break
    }
    return args
  }
}

/** Reads up to the closing bracket, which it consumes; the words are taken from the front. */
function parseChoice(words: string[]): Part {
  const choices: Part[][] = [[]]
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (word === ')' || word === ']') break
    if (word === '|') choices.push([])
    else choices.at(-1)?.push(parsePart(word, words))
  }
  return (seed, into) => {
    for (const part of seed.pick(choices)) part(seed, into)
  }
}

function parsePart(word: string, words: string[]): Part {
  if (word === '#' && words[0] === '(') {
    words.shift()
    return parseCounted(parseChoice(words))
  }
  if (word !== '(' && word !== '[') return parseWord(word)
  const inner = parseChoice(words)
  const isRepeated = words[0] === '+'
  if (isRepeated) words.shift()
  return (seed, into) => {
    if (word === '[' && seed.chance(0.5)) return
    const times = isRepeated ? seed.between(1, 4) : 1
    for (let i = 0; i < times; i++) inner(seed, into)
  }
}

function parseCounted(inner: Part): Part {
  return (seed, into) => {
    const times = seed.between(1, 3)
    into.push(seed.chance(0.95) ? String(times) : seed.pick(['0', '2', '5', '-1', 'x', '']))
    for (let i = 0; i < times; i++) inner(seed, into)
  }
}

function parseWord(word: string): Part {
  const maker = makers[word]
  if (maker !== undefined) return (seed, into) => into.push(maker(seed))
  if (/^[a-z]/.test(word)) throw new Error(`no maker for '${word}'`)
  // Case does not matter to the servers, and that is tested too.
  return (seed, into) => into.push(seed.chance(0.2) ? word.toLowerCase() : word)
}
