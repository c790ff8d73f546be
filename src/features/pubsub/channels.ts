// channels.ts: names that sessions listen to: channels, patterns or shard channels.
//
// A name is looked up as bytes among those used last, and becomes a string only when it is not
// one of them: publishing to the same channel again and again makes nothing.

import { Span } from '../../bytes/memory/span.ts'
import type { Session } from '../../engine/session/session.ts'

/** One name with all who listen to it, in the order in which they came. */
export class Channel {
  readonly text: string
  readonly name: Span
  readonly sessions = new Set<Session>()

  constructor(text: string, name: Uint8Array) {
    this.text = text
    this.name = new Span(name, 0, name.length)
  }
}

/** How many of the names used last are known as bytes: a power of two. */
const RECENT = 256

export class Channels {
  private readonly byText = new Map<string, Channel>()
  private readonly recent: (Channel | undefined)[] = new Array(RECENT).fill(undefined)

  /** Number of names that somebody listens to. */
  get size(): number {
    return this.byText.size
  }

  all(): Iterable<Channel> {
    return this.byText.values()
  }

  find(name: Span): Channel | undefined {
    if (this.byText.size === 0) return undefined
    const place = placeOf(name)
    const recent = this.recent[place]
    if (recent?.name.equals(name)) return recent
    const channel = this.byText.get(name.text())
    if (channel !== undefined) this.recent[place] = channel
    return channel
  }

  /** The channel of a name, made where there is none. */
  take(name: Span): Channel {
    const found = this.find(name)
    if (found !== undefined) return found
    const channel = new Channel(name.text(), name.copy())
    this.byText.set(channel.text, channel)
    return channel
  }

  /** Forgets a channel to which nobody listens any more. */
  drop(channel: Channel): void {
    this.byText.delete(channel.text)
    const place = placeOf(channel.name)
    if (this.recent[place] === channel) this.recent[place] = undefined
  }
}

function placeOf({ bytes, start, end }: Span): number {
  let hash = end - start
  for (let i = start; i < end; i++) hash = (Math.imul(hash, 31) + bytes[i]!) | 0
  return (hash ^ (hash >>> 8) ^ (hash >>> 16)) & (RECENT - 1)
}
