// index.ts: the library: a database inside a program.
//
//   import { Rubellite } from 'rubellite'
//   const db = await Rubellite.open()
//   db.call('SET', 'greeting', 'hello')

export { ReplyError } from './engine/reply-error.ts'
export type { ReplyValue } from './engine/reply-value.ts'
export type { Argument } from './node/call-words.ts'
export type { Duration } from './node/duration.ts'
export type {
  BlockingArguments,
  BlockingOptions,
  EmbeddedSession,
} from './node/embedded-session.ts'
export type { KeyEvent, KeyEventListener } from './node/key-events.ts'
export type { Time } from './node/manual-time.ts'
export type {
  ListenerOptions,
  Message,
  Messages,
  MonitoredCommand,
} from './node/messages.ts'
export {
  type ListenerArguments,
  type ListenOptions,
  Rubellite,
  type RubelliteOptions,
} from './node/rubellite.ts'
