// events.ts: keyspace events: what happened to which key. Pub/sub will deliver them to clients;
// an embedded program can listen directly.
//
// The sixteen classes are redis-server's, and all there can be. A module raises events of its own,
// by names of its own ('lb.add'), in the class MODULE; who listens to changes rather than to events
// has bits of its own (keyspace/interest.ts).

import type { Span } from '../../bytes/memory/span.ts'
import type { Interest } from '../keyspace/interest.ts'

// The classes of notify-keyspace-events, by their letter.
export const GENERIC = 1 << 0 // g
export const STRING = 1 << 1 // $
export const LIST = 1 << 2 // l
export const SET = 1 << 3 // s
export const HASH = 1 << 4 // h
export const ZSET = 1 << 5 // z
export const EXPIRED = 1 << 6 // x
export const EVICTED = 1 << 7 // e
export const STREAM = 1 << 8 // t
export const KEY_MISS = 1 << 9 // m
export const MODULE = 1 << 10 // d
export const NEW_KEY = 1 << 11 // n
export const KEYSPACE = 1 << 12 // K
export const KEYEVENT = 1 << 13 // E
export const OVERWRITTEN = 1 << 14 // o
export const TYPE_CHANGED = 1 << 15 // c

const ALL_CLASSES = 0xffff

/** Gets one event; the key is a loan. */
export type EventListener = (event: string, key: Span, database: number, kind: number) => void

export class Events {
  private readonly interest: Interest
  private readonly listeners = new Map<EventListener, number>()

  /** @param interest is told which classes somebody wants */
  constructor(interest: Interest) {
    this.interest = interest
  }

  /** Calls `listener` for every event of the classes in `mask`. */
  listen(listener: EventListener, mask: number): void {
    this.unlisten(listener)
    this.listeners.set(listener, mask)
    this.interest.want(mask & ALL_CLASSES)
  }

  unlisten(listener: EventListener): void {
    const mask = this.listeners.get(listener)
    if (mask === undefined) return
    this.listeners.delete(listener)
    this.interest.unwant(mask & ALL_CLASSES)
  }

  raise(kind: number, event: string, key: Span, database: number): void {
    for (const [listener, mask] of this.listeners) {
      if ((mask & kind) !== 0) listener(event, key, database, kind)
    }
  }
}
