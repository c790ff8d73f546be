// effects.ts: the ordered stream of what commands did, as commands that do it again: what an
// append-only file and replicas are fed with.
//
// A write that is deterministic is its own effect. One that is not (SPOP), or that depends on the
// time (EX), is rewritten by its handler while it runs: `ctx.rewrite('DEL', key)`. Nothing is
// built while nobody consumes the stream.

import { latin1, type Span } from '../bytes/span.ts'
import { utf8 } from '../bytes/text.ts'
import type { Args } from './args.ts'

/** One effect: the database it happens in and the words of the command. */
export type Effect = { readonly database: number; readonly words: readonly Uint8Array[] }

/** What a word of an effect can be given as; numbers are whole and safe, or bigints. */
export type EffectWord = string | number | bigint | Span | Uint8Array

export type EffectSink = (effects: readonly Effect[]) => void

export class Effects {
  /** Whether anybody consumes the stream. */
  armed = false
  private readonly sinks = new Set<EffectSink>()
  private pending: Effect[] = []
  private rewritten = false

  attach(sink: EffectSink): void {
    this.sinks.add(sink)
    this.armed = true
  }

  detach(sink: EffectSink): void {
    this.sinks.delete(sink)
    this.armed = this.sinks.size > 0
  }

  /** States an effect in place of, or (before it ran) besides, the command itself. */
  add(database: number, ...words: EffectWord[]): void {
    if (!this.armed) return
    this.pending.push({ database, words: words.map(bytesOf) })
  }

  /** Says that the command's own request is not its effect; `add` says what is. */
  replace(): void {
    this.rewritten = true
  }

  /** Ends a command: `changed` tells whether it changed anything. */
  commandEnd(database: number, args: Args, changed: boolean): void {
    if (!this.armed) return
    if (changed && !this.rewritten) {
      const words: Uint8Array[] = []
      for (let i = 0; i < args.count; i++) words.push(args.at(i).copy())
      this.pending.push({ database, words })
    }
    this.rewritten = false
  }

  /**
   * Hands what came together to the consumers, as one transaction when there are several.
   * @param together false for what has nothing to do with each other: keys that expired
   */
  flush(together = true): void {
    if (this.pending.length === 0) return
    const effects = this.pending
    this.pending = []
    const first = effects[0]!
    const all =
      effects.length === 1 || !together
        ? effects
        : [
            { database: first.database, words: [latin1('MULTI')] },
            ...effects,
            { database: effects[effects.length - 1]!.database, words: [latin1('EXEC')] },
          ]
    for (const sink of this.sinks) sink(all)
  }
}

function bytesOf(word: EffectWord): Uint8Array {
  if (typeof word === 'string') return utf8(word)
  if (typeof word === 'number' || typeof word === 'bigint') return latin1(String(word))
  return word instanceof Uint8Array ? word : word.copy()
}
