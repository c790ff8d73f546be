// directive.ts: what a configuration directive is: a name, a kind of value, a default, and what
// the server makes of it. Each stands in the directives.ts of the folder that acts on it.

// A module's file may bring a copy of its own of this class: the mark is what tells.
const MARK: unique symbol = Symbol.for('rubellite.Refusal') as never

/** Why a value is not taken; the reason follows "CONFIG SET failed" or the faulty line. */
export class Refusal {
  readonly reason: string
  readonly [MARK] = true

  constructor(reason: string) {
    this.reason = reason
  }

  static [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === 'object' && value !== null && MARK in value
  }
}

/** Refuses the value that is being read or applied. */
export function refuse(reason: string): never {
  throw new Refusal(reason)
}

/**
 * A value twice: as the code uses it, and as CONFIG GET prints it. The text is the identity of a
 * value: it keeps integers above 2^53 exact, and equal texts mean that nothing changed.
 */
export type Reading<V> = { readonly value: V; readonly text: string }

/** When a value is read: `save` lines of one file add up, those of CONFIG SET replace. */
export type Occasion = {
  /** Whether it comes from a file or the command line. */
  readonly loading: boolean
  /** Whether the same load named the directive before. */
  readonly repeated: boolean
}

/** A line CONFIG REWRITE may write; without `force` only in place of one that is there. */
export type ConfigLine = { readonly text: string; readonly force: boolean }

/** How values of one sort are read and written. */
export interface ValueKind<V> {
  /** What the reference pages call it. */
  readonly name: string
  /** Whether the value is several words. */
  readonly words: boolean
  /** Reads the words after the name. @throws Refusal */
  read(words: readonly string[], now: Reading<V>, occasion: Occasion): Reading<V>
  /** The lines that bring the value back; none where its absence does. */
  write(name: string, now: Reading<V>, initial: Reading<V>): readonly ConfigLine[]
}

/** What becomes of a directive here. */
export type Effect<V> = {
  readonly state: 'acts' | 'no effect' | 'refused'
  /** A sentence for COMPATIBILITY.md; when a value is refused also the reason its user reads. */
  readonly note: string
  /** Whether this value is refused. */
  refuses(value: V): boolean
}

/** Some part of the code reads it. */
export function acts(note = ''): Effect<unknown> {
  return { state: 'acts', note, refuses: () => false }
}

/** Accepted, kept and listed, and nothing reads it; the note says why. */
export function noEffect(note: string): Effect<unknown> {
  return { state: 'no effect', note, refuses: () => false }
}

/** Accepted but for the values that would lose data or safety if they were ignored. */
export function refuses<V>(refused: (value: V) => boolean, note: string): Effect<V> {
  return { state: 'refused', note, refuses: refused }
}

export type Directive<V = unknown> = {
  readonly name: string
  /** The older name, if there is one. */
  readonly alias: string | undefined
  readonly kind: ValueKind<V>
  readonly initial: Reading<V>
  /** Only a file or the command line sets it. */
  readonly immutable: boolean
  /** CONFIG SET needs enable-protected-configs. */
  readonly isProtected: boolean
  /** Patterns of CONFIG GET pass it by; its whole name finds it. */
  readonly hidden: boolean
  /** A secret: logs must not show the value. */
  readonly sensitive: boolean
  /** Change hooks run while the configuration is loaded too: `dir` moves the next relative path. */
  readonly immediate: boolean
  readonly effect: Effect<V>
}

export type DirectiveOptions<V> = {
  kind: ValueKind<V>
  /** As a file would say it; several words are separated by spaces. */
  initial: string
  /** Absent: it acts. */
  effect?: Effect<V>
  alias?: string
  immutable?: boolean
  isProtected?: boolean
  hidden?: boolean
  sensitive?: boolean
  immediate?: boolean
}

/**
 * Declares a directive.
 * @param name in lower case
 * @throws Refusal when the default is not a value of its own kind
 */
export function defineDirective<V>(name: string, options: DirectiveOptions<V>): Directive<V> {
  const { kind, initial, effect = acts(), alias } = options
  return {
    name,
    alias,
    kind,
    initial: readInitial(kind, initial),
    immutable: options.immutable === true,
    isProtected: options.isProtected === true,
    hidden: options.hidden === true,
    sensitive: options.sensitive === true,
    immediate: options.immediate === true,
    effect,
  }
}

function readInitial<V>(kind: ValueKind<V>, text: string): Reading<V> {
  const words = kind.words ? splitValue(text) : [text]
  // Kinds that build on the value before (client-output-buffer-limit) bring their own beginning.
  return kind.read(words, { value: undefined as V, text: '' }, { loading: false, repeated: false })
}

/** The words of a value that came as one; every blank separates: two make an empty word. */
export function splitValue(text: string): string[] {
  return text === '' ? [] : text.split(' ')
}
