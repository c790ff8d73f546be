// parts.ts: state that belongs to one engine or to one session, but to the feature that needs it:
// declared in the feature's folder, made on first use, found by a number.
//
//   const subscriptions = defineSessionPart('subscriptions', () => new Subscriptions())
//   session.part(subscriptions).count++

import type { Engine } from '../dispatch/engine.ts'
import type { Session } from '../session/session.ts'

/** Names a part: what `part` and `peek` take. */
export type PartKey<Owner, T> = {
  readonly name: string
  /** Its place among the parts of an owner. */
  readonly place: number
  readonly create: (owner: Owner) => T
}

export type EnginePart<T> = PartKey<Engine, T>

export type SessionPart<T> = PartKey<Session, T> & {
  /** Bytes the part takes, for the memory of its client; absent where they do not matter. */
  readonly bytes: ((part: T) => number) | undefined
}

let engineParts = 0
let sessionParts = 0
/** What a session may hold that counts as memory of its client. */
const measured: ((session: Session) => number)[] = []

/**
 * Declares a part of engines.
 * @param create makes it, when an engine is first asked for it; it may ask for other parts
 */
export function definePart<T>(name: string, create: (engine: Engine) => T): EnginePart<T> {
  return { name, place: engineParts++, create }
}

/**
 * Declares a part of sessions.
 * @param create makes it, when a session is first asked for it
 * @param bytes tells how much memory one takes
 */
export function defineSessionPart<T>(
  name: string,
  create: (session: Session) => T,
  bytes?: (part: T) => number,
): SessionPart<T> {
  const key: SessionPart<T> = { name, place: sessionParts++, create, bytes }
  if (bytes !== undefined) {
    measured.push((session) => {
      const part = session.peek(key)
      return part === undefined ? 0 : bytes(part)
    })
  }
  return key
}

/** Bytes that the parts of a session take. */
export function partBytes(session: Session): number {
  let sum = 0
  for (const measure of measured) sum += measure(session)
  return sum
}

/** The parts of one owner. */
export class Parts<Owner> {
  private readonly owner: Owner
  private readonly slots: unknown[] = []

  constructor(owner: Owner) {
    this.owner = owner
  }

  /** A part, made where there is none yet. */
  take<T>(key: PartKey<Owner, T>): T {
    const found = this.slots[key.place]
    return found === undefined ? this.make(key) : (found as T)
  }

  /** A part, undefined where nobody has asked for it yet. */
  peek<T>(key: PartKey<Owner, T>): T | undefined {
    return this.slots[key.place] as T | undefined
  }

  private make<T>(key: PartKey<Owner, T>): T {
    const part = key.create(this.owner)
    while (this.slots.length <= key.place) this.slots.push(undefined)
    this.slots[key.place] = part
    return part
  }
}
