// interest.ts: the bits of the one mask that says whether anybody wants to hear of a change.
//
// The low 16 bits are the classes of keyspace events (contract/events.ts). The others are what a
// listener of `changes` can ask for, and those built in: WATCH, sessions that wait, the write
// barrier.

/** A key's value, or when it expires, is another one; it may be gone already. */
export const WRITTEN = 1 << 16
/** What WATCH does not see was changed: a consumer group, how a value is kept. */
export const ADJUSTED = 1 << 17
/** A key is there that was not. */
export const CREATED = 1 << 18
/** A key is about to go. */
export const REMOVED = 1 << 19
/** A key has a whole other value. */
export const REPLACED = 1 << 20
/** A database is about to lose all its keys. */
export const FLUSHED = 1 << 21
/** Two databases are about to change places. */
export const SWAPPED = 1 << 22
/** A key came out of a file. */
export const LOADED = 1 << 23
/** All that a listener can hear. */
export const EVERYTHING = 0xff << 16

/** Some transaction watches a key. */
export const WATCHED = 1 << 24
/** Some session waits for a key. */
export const AWAITED = 1 << 25
/** Some session wants to know when a key is gone. */
export const AWAITED_GONE = 1 << 26
/** A barrier is armed: it is shown what is about to change. */
export const GUARDED = 1 << 27

/** Where one says that one wants to hear of changes. */
export type Interest = {
  /** Sets bits for one more who wants them. */
  want(bits: number): void
  /** Takes that back; a bit stays while another wants it. */
  unwant(bits: number): void
}

/** Interest that nothing comes of: for a database without an engine. */
export const noInterest: Interest = { want() {}, unwant() {} }
