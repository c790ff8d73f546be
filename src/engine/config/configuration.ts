// configuration.ts: the directives of one engine and the values they have now.
//
// CONFIG SET is a transaction: everything is read and checked, then everything is set, then the
// hooks of what changed run; whoever refuses brings all the old values back. Loading a file only
// sets: at that time nothing runs yet that would have to be told.

import { latin1, Span } from '../../bytes/memory/span.ts'
import { globMatches } from '../../bytes/text/glob.ts'
import { readUtf8 } from '../../bytes/text/utf8.ts'
import { type Directive, Refusal, splitValue, type ValueKind } from './directive.ts'
import { DIRECTIVE_ORDER } from './directive-order.ts'
import { type ChangeHook, Setting } from './setting.ts'

/** Where CONFIG REWRITE finds the file, and the only thing the engine knows of files. */
export interface ConfigFile {
  /** The bytes of the file, one character each; empty when it is not there. Throws an Error. */
  read(): string
  /** Puts new bytes in its place, at once and whole. Throws an Error. */
  replace(text: string): void
}

/** Why CONFIG SET changed nothing. */
export type SetFault = {
  /** The option that nobody knows; undefined when there is none. */
  readonly unknown: string | undefined
  /** The argument that is the reason, as the client or the table spells it. */
  readonly name: string
  /** Empty when the reason has no words. */
  readonly reason: string
}

/** A setting under one of its names. */
type Entry = { readonly name: string; readonly setting: Setting }

export class Configuration {
  /** The file that CONFIG REWRITE writes, if the server was started with one. */
  file: ConfigFile | undefined = undefined
  private readonly entries = new Map<string, Entry>()
  private readonly all: Setting[] = []

  /** @throws Error when two directives share a name */
  constructor(directives: readonly Directive[] = []) {
    for (const directive of directives) this.add(directive)
  }

  /** The settings in the order of DIRECTIVE_ORDER. */
  get settings(): readonly Setting[] {
    return this.all
  }

  /** The setting of that name, old names included, in any case. */
  find(name: string): Setting | undefined {
    return this.entries.get(name.toLowerCase())?.setting
  }

  /** A setting that is yes or no. */
  flag(name: string): Setting<boolean> {
    return this.typed(name, 'boolean')
  }

  /** A setting that is a number: counts, sizes in bytes, permissions. */
  integer(name: string): Setting<number> {
    return this.typed(name, 'number')
  }

  /** A setting that is a string: one of several names, or bytes of one character each. */
  string(name: string): Setting<string> {
    return this.typed(name, 'string')
  }

  /** A setting of a kind with a value of its own, such as `bufferLimits`. */
  of<V>(name: string, kind: ValueKind<V>): Setting<V> {
    const setting = this.find(name)
    if (setting?.directive.kind !== kind) throw new Error(`no directive '${name}' of that kind`)
    return setting as Setting<V>
  }

  /** The value of a string setting read as UTF-8: a path, a name to show. */
  decoded(name: string): string {
    const bytes = latin1(this.string(name).value)
    return readUtf8(bytes, 0, bytes.length)
  }

  /** Calls `hook` after each change by CONFIG SET; it may throw the reason why not. */
  onChange<V>(name: string, hook: ChangeHook<V>): void {
    const setting = this.find(name)
    if (setting === undefined) throw new Error(`no directive '${name}'`)
    setting.hooks.push(hook as ChangeHook<unknown>)
  }

  /** Calls `hook` now and after each change: for values that code keeps in fields of its own. */
  follow<V>(name: string, hook: ChangeHook<V>): void {
    this.onChange(name, hook)
    hook(this.find(name) as Setting<V>)
  }

  /**
   * Corrects a value to what is the case: the directory's full path, a limit the system imposes.
   * No hook runs and nothing is refused but a value that is none.
   * @throws Refusal
   */
  amend(name: string, text: string): void {
    const setting = this.find(name)
    if (setting === undefined) throw new Error(`no directive '${name}'`)
    assign(setting, wordsOf(setting, text), { loading: false, repeated: false })
  }

  /**
   * Names and values that match, for CONFIG GET.
   * @param patterns names or glob patterns, in any case; hidden directives need their name
   * @returns each name once: as the pattern spells it, where that is no glob
   */
  get(patterns: readonly string[]): (readonly [name: string, text: string])[] {
    const found = new Map<string, readonly [string, string]>()
    for (const pattern of patterns) {
      if (/[*?[]/.test(pattern)) this.match(pattern, found)
      else {
        const key = pattern.toLowerCase()
        const setting = found.has(key) ? undefined : this.find(key)
        if (setting !== undefined) found.set(key, [pattern, setting.text])
      }
    }
    return [...found.values()]
  }

  /**
   * Sets several values, all or none, for CONFIG SET.
   * @param pairs names and values
   * @param trusted whether protected directives may be set
   */
  set(pairs: readonly (readonly [string, string])[], trusted: boolean): SetFault | undefined {
    const chosen: Entry[] = []
    for (const [name] of pairs) {
      const entry = this.entries.get(name.toLowerCase())
      if (entry === undefined) return { unknown: name, name: '', reason: '' }
      const reason = reasonAgainst(entry, chosen, trusted)
      if (reason !== undefined) return { unknown: undefined, name, reason }
      chosen.push(entry)
    }
    return this.change(chosen, pairs)
  }

  private change(
    chosen: readonly Entry[],
    pairs: readonly (readonly [string, string])[],
  ): SetFault | undefined {
    const before = chosen.map(({ setting }) => ({ value: setting.value, text: setting.text }))
    const changed = new Map<ChangeHook<unknown>, Entry>()
    const called: [ChangeHook<unknown>, Setting][] = []
    let at: Entry = chosen[0]!
    try {
      for (let i = 0; i < chosen.length; i++) {
        at = chosen[i]!
        const { setting } = at
        assign(setting, wordsOf(setting, pairs[i]![1]), { loading: false, repeated: false })
        const { effect } = setting.directive
        if (effect.refuses(setting.value)) throw new Refusal(effect.note)
        if (setting.value === before[i]!.value) continue
        for (const hook of setting.hooks) if (!changed.has(hook)) changed.set(hook, at)
      }
      for (const [hook, entry] of changed) {
        at = entry
        called.push([hook, entry.setting])
        hook(entry.setting)
      }
      return undefined
    } catch (error) {
      const reason = reasonOf(error)
      for (let i = 0; i < chosen.length; i++) Object.assign(chosen[i]!.setting, before[i])
      for (const [hook, setting] of called) undo(hook, setting)
      return { unknown: undefined, name: at.name, reason }
    }
  }

  private match(pattern: string, found: Map<string, readonly [string, string]>): void {
    const glob = new Span(latin1(pattern))
    for (const { directive, text } of this.all) {
      if (directive.hidden) continue
      for (const name of namesOf(directive)) {
        if (found.has(name)) continue
        if (globMatches(glob, new Span(latin1(name)), true)) found.set(name, [name, text])
      }
    }
  }

  /** @throws Error when one of its names is taken */
  add(directive: Directive): void {
    const setting = new Setting(directive)
    const place = placeOf(directive)
    const next = this.all.findIndex((other) => placeOf(other.directive) > place)
    this.all.splice(next < 0 ? this.all.length : next, 0, setting)
    for (const name of namesOf(directive)) {
      if (this.entries.has(name)) throw new Error(`two directives are named '${name}'`)
      this.entries.set(name, { name, setting })
    }
  }

  /** Takes a directive away with its value, for a module that is taken out. */
  remove(directive: Directive): void {
    this.all.splice(this.all.indexOf(this.find(directive.name)!), 1)
    for (const name of namesOf(directive)) this.entries.delete(name)
  }

  private typed<V>(name: string, type: 'boolean' | 'number' | 'string'): Setting<V> {
    const setting = this.find(name)
    if (typeof setting?.value !== type) throw new Error(`no directive '${name}' with a ${type}`)
    return setting as Setting<V>
  }
}

const places = new Map(DIRECTIVE_ORDER.map((name, place) => [name, place]))

function placeOf({ name }: Directive): number {
  return places.get(name) ?? places.size
}

function namesOf({ name, alias }: Directive): readonly string[] {
  return alias === undefined ? [name] : [name, alias]
}

/** Reads a value and sets it. @throws Refusal */
export function assign(
  setting: Setting,
  words: readonly string[],
  occasion: { loading: boolean; repeated: boolean },
): void {
  const { value, text } = setting.directive.kind.read(words, setting, occasion)
  setting.value = value
  setting.text = text
}

/** What a hook or a reader threw, in words; anything that is no refusal is a bug and goes on. */
export function reasonOf(error: unknown): string {
  if (error instanceof Refusal) return error.reason
  if (typeof error === 'string') return error
  throw error
}

function wordsOf(setting: Setting, text: string): string[] {
  return setting.directive.kind.words ? splitValue(text) : [text]
}

function reasonAgainst(entry: Entry, chosen: readonly Entry[], trusted: boolean) {
  const { directive } = entry.setting
  if (directive.immutable) return "can't set immutable config"
  if (directive.isProtected && !trusted) return "can't set protected config"
  // An alias and the name behind it do not count as twice: the later one wins.
  return chosen.includes(entry) ? 'duplicate parameter' : undefined
}

/** A hook that refused is told the old value again; that it refuses this one too is no news. */
function undo(hook: ChangeHook<unknown>, setting: Setting): void {
  try {
    hook(setting)
  } catch (error) {
    reasonOf(error)
  }
}
