// listening.ts: what the commands that begin and end listening have in common.
//
// Each name is answered by a push of its own, which a client gets even if it asked for silence.
// While a session of RESP2 listens, it may send little else: pushes look like replies there.

import { latin1, type Span } from '../../bytes/memory/span.ts'
import type { Reply } from '../../bytes/wire/reply.ts'
import type { Args } from '../../engine/arguments/args.ts'
import type { Context } from '../../engine/dispatch/context.ts'
import { REPLY_MUTE, type Session } from '../../engine/session/session.ts'
import { type ChannelKind, PATTERN, pubsub, SHARD, subscriptions } from './subscriptions.ts'

const SUBSCRIBED = [latin1('subscribe'), latin1('psubscribe'), latin1('ssubscribe')]
const UNSUBSCRIBED = [latin1('unsubscribe'), latin1('punsubscribe'), latin1('sunsubscribe')]

/** Begins to listen to all names of a request. */
export function subscribe(ctx: Context, args: Args, reply: Reply, kind: ChannelKind): void {
  const { session, engine } = ctx
  const all = engine.part(pubsub)
  const own = session.part(subscriptions)
  const isMute = hear(ctx)
  for (let i = 1; i < args.count; i++) {
    const name = args.at(i)
    all.subscribe(session, kind, name)
    answer(reply, SUBSCRIBED[kind]!, name, own.countWith(kind))
  }
  if (isMute) engine.dispatcher.mutedFrom = engine.output.mark()
  all.setListener(session, true)
}

/** Ends listening to the names of a request, or to all where it has none. */
export function unsubscribe(ctx: Context, args: Args, reply: Reply, kind: ChannelKind): void {
  const { session, engine } = ctx
  const isMute = hear(ctx)
  const own = session.part(subscriptions)
  const listened = own.channels[kind]!
  if (args.count > 1) for (let i = 1; i < args.count; i++) leave(session, reply, kind, args.at(i))
  else if (listened.size === 0) leave(session, reply, kind, undefined)
  else for (const { name } of listened) leave(session, reply, kind, name)
  if (isMute) engine.dispatcher.mutedFrom = engine.output.mark()
  const left = own.countWith(PATTERN) + own.countWith(SHARD)
  if (left === 0) engine.part(pubsub).setListener(session, false)
}

function leave(session: Session, reply: Reply, kind: ChannelKind, name: Span | undefined): void {
  if (name !== undefined) session.engine.part(pubsub).unsubscribe(session, kind, name)
  answer(reply, UNSUBSCRIBED[kind]!, name, session.part(subscriptions).countWith(kind))
}

function answer(reply: Reply, head: Uint8Array, name: Span | undefined, count: number): void {
  reply.push(3)
  reply.bulkBytes(head, 0, head.length)
  if (name === undefined) reply.nil()
  else reply.bulk(name)
  reply.integer(count)
}

/** Drops what a mute session should not hear, for what follows it hears; whether it is mute. */
function hear({ session, engine }: Context): boolean {
  const isMute = (session.replyMode & REPLY_MUTE) !== 0
  if (isMute) engine.output.rewind(engine.dispatcher.mutedFrom)
  return isMute
}
