// index.ts: the library: Rubellite inside a program.

export type { Duration } from './node/duration.ts'
export type { Argument, EmbeddedSession } from './node/embedded-session.ts'
export type { ReplyValue } from './node/reply-value.ts'
export { ReplyError } from './node/reply-error.ts'
export { Rubellite, type RubelliteOptions } from './node/rubellite.ts'
