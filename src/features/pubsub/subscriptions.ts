// subscriptions.ts: who listens to what, and how a message gets there.
//
// Commands and keyspace events publish here. Sessions listen to channels, to patterns of channels
// and to shard channels, which patterns do not see.

import { latin1, Span } from '../../bytes/memory/span.ts'
import { globMatches } from '../../bytes/text/glob.ts'
import type { Reply } from '../../bytes/wire/reply.ts'
import { gateBit } from '../../engine/contract/gates.ts'
import { definePart, defineSessionPart } from '../../engine/contract/parts.ts'
import type { Broadcast, Message } from '../../engine/session/broadcast.ts'
import type { Session } from '../../engine/session/session.ts'
import { type Channel, Channels } from './channels.ts'

/** All channels of an engine. */
export const pubsub = definePart('pubsub', ({ broadcast }) => new PubSub(broadcast))

/** What a session listens to; there is none in one that never did. */
export const subscriptions = defineSessionPart(
  'subscriptions',
  () => new Subscriptions(),
  ({ bytes }) => bytes,
)

/** Whether a session is a listener: in RESP2 it may do little else. */
export function isListener(session: Session): boolean {
  return session.peek(subscriptions)?.isListener ?? false
}

/** Kinds of names. */
export const CHANNEL = 0
export const PATTERN = 1
export const SHARD = 2
export type ChannelKind = typeof CHANNEL | typeof PATTERN | typeof SHARD

/** Bytes that one subscription takes in a session beside its name, about. */
const SUBSCRIPTION_BYTES = 64

/** What one session listens to. */
export class Subscriptions {
  readonly channels: Set<Channel>[] = [new Set(), new Set(), new Set()]
  bytes = 0
  /** Whether the session is one that listens. */
  isListener = false

  count(kind: ChannelKind): number {
    return this.channels[kind]!.size
  }

  /** The number that answers name: shard channels count apart. */
  countWith(kind: ChannelKind): number {
    return kind === SHARD ? this.count(SHARD) : this.count(CHANNEL) + this.count(PATTERN)
  }
}

export class PubSub {
  /** Names by their kind. */
  readonly names: readonly Channels[] = [new Channels(), new Channels(), new Channels()]
  /** Number of sessions that listen. */
  clients = 0
  private readonly broadcast: Broadcast
  private readonly message = new ChannelMessage()

  constructor(broadcast: Broadcast) {
    this.broadcast = broadcast
  }

  /** Number of names of a kind. */
  count(kind: ChannelKind): number {
    return this.names[kind]!.size
  }

  subscribe(session: Session, kind: ChannelKind, name: Span): void {
    const own = session.part(subscriptions)
    const channel = this.names[kind]!.take(name)
    if (channel.sessions.has(session)) return
    channel.sessions.add(session)
    own.channels[kind]!.add(channel)
    own.bytes += SUBSCRIPTION_BYTES + name.length
  }

  /** @returns the channel the session no longer listens to; undefined when it did not */
  unsubscribe(session: Session, kind: ChannelKind, name: Span): Channel | undefined {
    const own = session.peek(subscriptions)
    const channel = this.names[kind]!.find(name)
    if (channel === undefined || own === undefined) return undefined
    if (!channel.sessions.delete(session)) return undefined
    own.channels[kind]!.delete(channel)
    own.bytes -= SUBSCRIPTION_BYTES + channel.name.length
    if (channel.sessions.size === 0) this.names[kind]!.drop(channel)
    return channel
  }

  /** Lets a session be one that listens, or no longer. */
  setListener(session: Session, isListener: boolean): void {
    const own = session.part(subscriptions)
    if (isListener === own.isListener) return
    own.isListener = isListener
    this.clients += isListener ? 1 : -1
    if (isListener) session.armed |= gateBit('pubsub')
    else session.armed &= ~gateBit('pubsub')
  }

  /** Forgets all a session listens to. */
  forget(session: Session): void {
    const own = session.peek(subscriptions)
    if (own === undefined) return
    for (const kind of [CHANNEL, PATTERN, SHARD] as const) {
      for (const { name } of own.channels[kind]!) this.unsubscribe(session, kind, name)
    }
    this.setListener(session, false)
  }

  /** Sends a message to who listens to a channel or to a pattern of it; returns to how many. */
  publish(channel: Span, text: Span): number {
    let count = this.send(CHANNEL, channel, text)
    const patterns = this.names[PATTERN]!
    if (patterns.size === 0) return count
    const { message } = this
    message.set(PMESSAGE, channel, text)
    for (const pattern of patterns.all()) {
      if (!globMatches(pattern.name, channel, false)) continue
      message.pattern = pattern.name
      count += this.broadcast.send(message, pattern.sessions)
    }
    return count
  }

  /** Sends a message to those who listen to a shard channel; returns to how many. */
  publishToShard(channel: Span, text: Span): number {
    return this.send(SHARD, channel, text)
  }

  private send(kind: ChannelKind, channel: Span, text: Span): number {
    const target = this.names[kind]!.find(channel)
    if (target === undefined) return 0
    this.message.set(kind === SHARD ? SMESSAGE : MESSAGE, channel, text)
    return this.broadcast.send(this.message, target.sessions)
  }
}

const MESSAGE = latin1('message')
const SMESSAGE = latin1('smessage')
const PMESSAGE = latin1('pmessage')
const NOTHING = new Span()

/** The push a listener gets; one object for all messages in turn. */
class ChannelMessage implements Message {
  readonly isMutable = false
  /** The pattern, for a message that came by one. */
  pattern = NOTHING
  private head = MESSAGE
  private channel = NOTHING
  private text = NOTHING

  get room(): number {
    return HEADS_ROOM + this.pattern.length + this.channel.length + this.text.length
  }

  set(head: Uint8Array, channel: Span, text: Span): void {
    this.head = head
    this.pattern = NOTHING
    this.channel = channel
    this.text = text
  }

  write(reply: Reply): void {
    const { head } = this
    reply.push(head === PMESSAGE ? 4 : 3)
    reply.bulkBytes(head, 0, head.length)
    if (head === PMESSAGE) reply.bulk(this.pattern)
    reply.bulk(this.channel)
    reply.bulk(this.text)
  }
}

/** Bytes of the lines between the parts of a message, at most. */
const HEADS_ROOM = 96
