// key-events.ts: keyspace events for a program that embeds the engine.
//
// An event is noted while its command runs and delivered when the outermost one has ended: a
// listener may call the database again and sees what the command has done. What such calls raise is
// delivered after it, not inside it. A listener that throws harms neither the call nor the others.

import { readUtf8 } from '../../bytes/text/utf8.ts'
import { reasonOf } from '../../engine/config/configuration.ts'
import { eventClasses } from '../../engine/config/directive-specials.ts'
import type { EventListener } from '../../engine/contract/events.ts'
import type { Engine } from '../../engine/dispatch/engine.ts'

/** What happened to a key. */
export type KeyEvent = {
  /** 'set', 'expire', 'expired', 'del', … as keyspace notifications name it. */
  readonly event: string
  /** The key; bytes where the database replies in bytes. */
  readonly key: string | Uint8Array
  readonly database: number
}

export type KeyEventListener = (event: KeyEvent) => void

export class KeyEvents {
  private readonly engine: Engine
  private readonly raw: boolean
  private readonly sources = new Set<EventListener>()

  /** @param raw whether keys are given as bytes */
  constructor(engine: Engine, raw: boolean) {
    this.engine = engine
    this.raw = raw
  }

  /**
   * Calls `listener` for each event of some classes.
   * @param classes letters of notify-keyspace-events without K and E
   * @returns ends it
   * @throws RangeError when a letter names no class
   */
  listen(listener: KeyEventListener, classes: string): () => void {
    const mask = maskOf(classes)
    const source: EventListener = (event, key, database) => {
      const name = this.raw ? key.copy() : readUtf8(key.bytes, key.start, key.end)
      this.engine.turn.later(() => {
        if (this.sources.has(source)) deliver(listener, { event, key: name, database })
      })
    }
    this.sources.add(source)
    this.engine.events.listen(source, mask)
    return () => {
      this.sources.delete(source)
      this.engine.events.unlisten(source)
    }
  }

  /** Ends all listening. */
  close(): void {
    for (const source of this.sources) this.engine.events.unlisten(source)
    this.sources.clear()
  }
}

/** What a listener throws is its program's affair, as with an EventTarget: no call is harmed. */
function deliver(listener: KeyEventListener, event: KeyEvent): void {
  try {
    listener(event)
  } catch (error) {
    queueMicrotask(() => {
      throw error
    })
  }
}

function maskOf(classes: string): number {
  try {
    const now = { value: 0, text: '' }
    return eventClasses.read([classes], now, { loading: false, repeated: false }).value
  } catch (error) {
    throw new RangeError(reasonOf(error))
  }
}
