// syntax.ts: reads the grammar line of a command and derives its arguments and its arity.
//
//   key  unix-time-ms     an argument; its type is its own name if that is a type, `unix-time`
//                         if it begins so, else string
//   seconds:int           an argument with its type
//   addr=ip:port          an argument that documents display under another name
//   KEEPTTL               a word to be written as it is
//   change:CH             such a word with a name of its own
//   EX seconds:int        a word that announces the argument or the group behind it
//   (field value)+        a group; the parts of a choice are separated by |
//   (range: start end)    a group with its name
//   [ ... ]               may be left out; with a name or with | it is a group as well
//   member+ member*       once or more; any number of times
//   [PREFIX prefix]*      any number of times, each with its word
//   @6.2  !2.8.12  #1     since; deprecated since; the number of the key spec it belongs to
//
// A group without a name takes that of the word before it, or is `data`, as a choice `condition`:
// so the reference names most of them. `slot` is the type of an argument that is no key but picks
// the cluster slot as a key does. The result is the argument tree of COMMAND DOCS.

/** The types of COMMAND DOCS. */
export type ArgumentType =
  | 'string'
  | 'integer'
  | 'double'
  | 'key'
  | 'pattern'
  | 'unix-time'
  | 'pure-token'
  | 'oneof'
  | 'block'

/** One node of the argument tree. */
export interface Argument {
  name: string
  type: ArgumentType
  /** The name shown to readers; groups have none. */
  display: string | undefined
  /** The word that announces it, or for a pure token the word itself. */
  token: string | undefined
  since: string | undefined
  deprecatedSince: string | undefined
  optional: boolean
  multiple: boolean
  /** The token is repeated with each value. */
  multipleToken: boolean
  /** Which key spec finds it: an index, or -1 for what is no key. */
  keySpec: number
  /** No key, yet its position is in the key specs: a shard channel. */
  slot: boolean
  arguments: Argument[]
}

/** How many words something takes at least and at most. */
export interface Width {
  min: number
  max: number
}

const typeNames = {
  string: 'string',
  int: 'integer',
  double: 'double',
  key: 'key',
  pattern: 'pattern',
  'unix-time': 'unix-time',
  slot: 'string',
} as const satisfies Record<string, ArgumentType>

/**
 * Reads a grammar line.
 * @param keySpecs how many key specs the command has: key arguments beyond share the last one
 * @throws Error with line and place when the line is malformed
 */
export function parseSyntax(line: string, keySpecs = Number.POSITIVE_INFINITY): Argument[] {
  return new SyntaxReader(line, keySpecs).read()
}

/**
 * The arity as COMMAND INFO states it.
 * @param words how many words come before the arguments: 1, or 2 for a subcommand
 * @returns the number of words of a call, or minus the least number when it varies
 */
export function arityOf(list: readonly Argument[], words: number): number {
  const { min, max } = widthOfAll(list)
  return min === max ? words + min : -(words + min)
}

/** The width of arguments that follow each other. */
export function widthOfAll(list: readonly Argument[]): Width {
  let min = 0
  let max = 0
  for (const argument of list) {
    const width = widthOf(argument)
    min += width.min
    max += width.max
  }
  return { min, max }
}

/** The width of one argument with its token, its repetitions and the freedom to leave it out. */
export function widthOf(argument: Argument): Width {
  const body = widthOfBody(argument)
  const token = argument.token !== undefined && argument.type !== 'pure-token' ? 1 : 0
  return {
    min: argument.optional ? 0 : body.min + token,
    max: argument.multiple ? Number.POSITIVE_INFINITY : body.max + token,
  }
}

function widthOfBody(argument: Argument): Width {
  if (argument.type === 'block') return widthOfAll(argument.arguments)
  if (argument.type !== 'oneof') return { min: 1, max: 1 }
  const widths = argument.arguments.map(widthOf)
  // A choice takes a word even where each of its sides could be left out (CLIENT KILL).
  return {
    min: Math.max(1, Math.min(...widths.map((width) => width.min))),
    max: Math.max(...widths.map((width) => width.max)),
  }
}

const SPACE = /\s*/y
const LABEL = /([a-z][a-z0-9-]*):\s/y
const TOKEN = /[A-Z][A-Z0-9-]*/y
const ATOM = /([a-z][a-z0-9-]*)(?::([a-z][a-z-]*|[A-Z][A-Z0-9-]*|[=~*$]|""))?(?:=([a-z:-]+))?/y
const SUFFIX = /([+*])|\s*@(\d+(?:\.\d+)*)|!(\d+(?:\.\d+)*)|#(\d+)/y

class SyntaxReader {
  private readonly line: string
  private readonly keySpecs: number
  private at = 0
  private nextKeySpec = 0

  constructor(line: string, keySpecs: number) {
    this.line = line
    this.keySpecs = keySpecs
  }

  read(): Argument[] {
    const list = this.sequence()
    if (this.at < this.line.length) this.fail('an item')
    return list
  }

  /** Items up to the end of the line or of the alternative. */
  private sequence(): Argument[] {
    const list: Argument[] = []
    for (;;) {
      this.take(SPACE)
      if (this.at >= this.line.length || '|)]'.includes(this.line.charAt(this.at))) return list
      list.push(this.item())
    }
  }

  private item(): Argument {
    if (this.line[this.at] === '[') return this.optional()
    const token = this.take(TOKEN)?.[0]
    if (token === undefined) return this.suffixed(this.element(undefined))
    // A word announces what follows it after a space; alone, or before a bracket, it is a token.
    if (!/\s[a-z(]/.test(this.line.slice(this.at, this.at + 2))) {
      return this.suffixed(argument(token.toLowerCase(), 'pure-token', token))
    }
    this.take(SPACE)
    return this.suffixed(this.element(token))
  }

  private element(token: string | undefined): Argument {
    if (this.line[this.at] !== '(') return this.atom(token)
    this.at++
    const label = this.label()
    const alternatives = this.alternatives(')')
    return this.group(label ?? token?.toLowerCase(), token, alternatives)
  }

  private atom(token: string | undefined): Argument {
    const match = this.take(ATOM) ?? this.fail('an argument')
    const name = match[1] ?? ''
    const kind = match[2] ?? impliedType(name)
    if (!/^[a-z]/.test(kind)) return argument(name, 'pure-token', kind === '""' ? '' : kind)
    if (!(kind in typeNames)) this.fail(`a type instead of '${kind}'`)
    const result = argument(name, typeNames[kind as keyof typeof typeNames], token)
    result.display = match[3] ?? name
    result.slot = kind === 'slot'
    if (kind === 'key') result.keySpec = -2
    return result
  }

  private optional(): Argument {
    this.at++
    const label = this.label()
    const alternatives = this.alternatives(']')
    const [first = []] = alternatives
    const alone = label === undefined && alternatives.length === 1 ? first[0] : undefined
    if (label === undefined && alternatives.length === 1 && first.length !== 1) {
      this.fail('a name for an optional group')
    }
    const result = alone ?? this.group(label, undefined, alternatives)
    result.optional = true
    if (this.line[this.at] === '*' && result.token !== undefined) result.multipleToken = true
    return this.suffixed(result)
  }

  private label(): string | undefined {
    this.take(SPACE)
    return this.take(LABEL)?.[1]
  }

  private alternatives(close: string): Argument[][] {
    const alternatives = [this.sequence()]
    while (this.line[this.at] === '|') {
      this.at++
      alternatives.push(this.sequence())
    }
    if (this.line[this.at] !== close) this.fail(`'${close}'`)
    this.at++
    return alternatives
  }

  private group(
    name: string | undefined,
    token: string | undefined,
    alternatives: Argument[][],
  ): Argument {
    const block = alternatives.length === 1
    if (!block && alternatives.some((one) => one.length !== 1)) this.fail('one item on each side')
    const result = argument(
      name ?? (block ? 'data' : 'condition'),
      block ? 'block' : 'oneof',
      token,
    )
    result.display = undefined
    result.arguments = alternatives.flat()
    return result
  }

  private suffixed(result: Argument): Argument {
    for (let match = this.take(SUFFIX); match !== undefined; match = this.take(SUFFIX)) {
      if (match[1] !== undefined) result.multiple = true
      if (match[1] === '*') result.optional = true
      if (match[2] !== undefined) result.since = version(match[2])
      if (match[3] !== undefined) result.deprecatedSince = version(match[3])
      if (match[4] !== undefined) result.keySpec = Number(match[4])
    }
    if (result.keySpec === -2) result.keySpec = Math.min(this.nextKeySpec, this.keySpecs - 1)
    if (result.keySpec >= this.nextKeySpec) this.nextKeySpec = result.keySpec + 1
    return result
  }

  private take(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.at
    const match = pattern.exec(this.line) ?? undefined
    if (match !== undefined) this.at += match[0].length
    return match
  }

  private fail(expected: string): never {
    throw new Error(`syntax '${this.line}': expected ${expected} at ${this.at}`)
  }
}

function impliedType(name: string): string {
  if (name in typeNames) return name
  return name.startsWith('unix-time-') ? 'unix-time' : 'string'
}

function argument(name: string, type: ArgumentType, token: string | undefined): Argument {
  return {
    name,
    type,
    display: name,
    token,
    since: undefined,
    deprecatedSince: undefined,
    optional: false,
    multiple: false,
    multipleToken: false,
    keySpec: -1,
    slot: false,
    arguments: [],
  }
}

/** '6.2' means 6.2.0, as the reference writes it. */
function version(text: string): string {
  return text.split('.').length === 2 ? text + '.0' : text
}
