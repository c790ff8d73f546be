// index.ts: the library: a database inside a program.
//
//   import { Rubellite } from 'rubellite'
//   const db = await Rubellite.open()
//   db.call('SET', 'greeting', 'hello')

export { ReplyError } from './engine/dispatch/reply-error.ts'
export type { ReplyValue } from './engine/dispatch/reply-value.ts'
export type { Argument } from './node/embedded/call-words.ts'
export type { Duration } from './node/embedded/duration.ts'
export type {
  BlockingArguments,
  BlockingOptions,
  EmbeddedSession,
} from './node/embedded/embedded-session.ts'
export type { KeyEvent, KeyEventListener } from './node/embedded/key-events.ts'
export type { Time } from './node/embedded/manual-time.ts'
export type {
  ListenerOptions,
  Message,
  Messages,
  MonitoredCommand,
} from './node/embedded/messages.ts'
export {
  type ListenerArguments,
  type ListenOptions,
  Rubellite,
  type RubelliteOptions,
} from './node/embedded/rubellite.ts'
