// notifications.ts: keyspace events as messages: notify-keyspace-events says which, and whether
// they are told by key (__keyspace@0__:key), by event (__keyevent@0__:event), or both.

import { latin1, Span } from '../../bytes/memory/span.ts'
import { writeInteger } from '../../bytes/numbers/numbers.ts'
import { type EventListener, KEYEVENT, KEYSPACE } from '../../engine/contract/events.ts'
import type { Engine } from '../../engine/dispatch/engine.ts'
import { CHANNEL, PATTERN, type PubSub, pubsub } from './subscriptions.ts'

/** Publishes the events that the directive asks for, from now on. */
export function publishEvents(engine: Engine): void {
  const { events, config } = engine
  if (config.find('notify-keyspace-events') === undefined) return
  const notifications = new Notifications(engine.part(pubsub))
  config.follow<number>('notify-keyspace-events', ({ value }) => {
    notifications.ways = value & (KEYSPACE | KEYEVENT)
    if (notifications.ways === 0) events.unlisten(notifications.publish)
    else events.listen(notifications.publish, value & ~(KEYSPACE | KEYEVENT))
  })
}

const KEYSPACE_HEAD = latin1('__keyspace@')
const KEYEVENT_HEAD = latin1('__keyevent@')
/** Bytes of a channel's name beside what it is about. */
const NAME_ROOM = 64

class Notifications {
  /** KEYSPACE, KEYEVENT or both. */
  ways = 0
  private readonly pubsub: PubSub
  private readonly names = new Map<string, Span>()
  private readonly channel = new Span()
  private buffer = new Uint8Array(256)

  constructor(pubsub: PubSub) {
    this.pubsub = pubsub
  }

  readonly publish: EventListener = (event, key, database) => {
    const { pubsub } = this
    if (pubsub.count(CHANNEL) + pubsub.count(PATTERN) === 0) return
    const name = this.nameOf(event)
    if ((this.ways & KEYSPACE) !== 0) {
      pubsub.publish(this.channelOf(KEYSPACE_HEAD, database, key), name)
    }
    if ((this.ways & KEYEVENT) !== 0) {
      pubsub.publish(this.channelOf(KEYEVENT_HEAD, database, name), key)
    }
  }

  private channelOf(head: Uint8Array, database: number, about: Span): Span {
    const room = NAME_ROOM + about.length
    if (room > this.buffer.length) this.buffer = new Uint8Array(room)
    const { buffer } = this
    buffer.set(head, 0)
    let at = writeInteger(buffer, head.length, database)
    buffer[at++] = UNDERSCORE
    buffer[at++] = UNDERSCORE
    buffer[at++] = COLON
    buffer.set(about.bytes.subarray(about.start, about.end), at)
    return this.channel.set(buffer, 0, at + about.length)
  }

  /** An event's name as bytes; there are some dozens of them. */
  private nameOf(event: string): Span {
    let name = this.names.get(event)
    if (name === undefined) {
      name = new Span(latin1(event))
      this.names.set(event, name)
    }
    return name
  }
}

const UNDERSCORE = 0x5f
const COLON = 0x3a
