// effects.model.ts: a naive consumer of the log of effects: each one as a list of words, with the
// database that is selected by then. For tests.

import { Span } from '../../bytes/memory/span.ts'
import { Request, RequestLimits } from '../../bytes/wire/request.ts'
import { TO_FILE } from './block.ts'
import type { EffectCursor } from './cursor.ts'
import type { Effects } from './effects.ts'

/** One effect: the database it happens in and the words of the command. */
export type Effect = { readonly database: number; readonly words: readonly string[] }

export class EffectList {
  private readonly cursor: EffectCursor
  private readonly found: Effect[] = []
  private database = -1

  /** @param target TO_FILE or TO_REPLICAS */
  constructor(effects: Effects, target = TO_FILE) {
    this.cursor = effects.open(target)
  }

  /** The effects since the beginning or the last `clear`, without SELECT. */
  get all(): readonly Effect[] {
    const bytes: number[] = []
    this.cursor.take((from, start, end) => {
      for (let i = start; i < end; i++) bytes.push(from[i]!)
    })
    for (const words of requestsIn(Uint8Array.from(bytes))) {
      if (words[0] === 'SELECT') this.database = Number(words[1])
      else this.found.push({ database: this.database, words })
    }
    return this.found
  }

  /** The same as lines, words with a space between. */
  get lines(): string[] {
    return this.all.map(({ words }) => words.join(' '))
  }

  clear(): void {
    if (this.all.length > 0) this.found.length = 0
  }
}

function* requestsIn(bytes: Uint8Array): Generator<string[]> {
  const request = new Request(new RequestLimits())
  request.feed(bytes)
  for (;;) {
    const found = request.next()
    if (found !== 1) {
      if (request.pending > 0) throw new Error(`the log has half an effect: ${request.error}`)
      return
    }
    const { words } = request
    yield Array.from({ length: words.count }, (_, i) =>
      new Span(words.bytes, words.starts[i], words.ends[i]).text(),
    )
  }
}
