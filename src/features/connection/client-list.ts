// client-list.ts: CLIENT ID, INFO and LIST: who is connected.

import type { Args } from '../../engine/arguments/args.ts'
import { defineCommand } from '../../engine/command/command.ts'
import type { Engine } from '../../engine/dispatch/engine.ts'
import type { Session } from '../../engine/session/session.ts'
import { clientLine } from './client-line.ts'
import { isOfType, readClientType } from './client-type.ts'
import { errors } from './errors.ts'
import { integerOr } from './integer.ts'

export const clientId = defineCommand({
  name: 'CLIENT ID',
  group: 'connection',
  since: '5.0.0',
  summary: 'Tells the number of this connection, never given twice.',
  complexity: 'O(1)',
  flags: ['noscript', 'loading', 'stale'],
  reply: 'integer',
  run(ctx, _args, reply) {
    reply.integer(ctx.session.id)
  },
})

export const clientInfo = defineCommand({
  name: 'CLIENT INFO',
  group: 'connection',
  since: '6.2.0',
  summary: 'Describes this connection.',
  complexity: 'O(1)',
  flags: ['noscript', 'loading', 'stale'],
  tips: ['nondeterministic_output'],
  run(ctx, _args, reply) {
    reply.verbatim('txt', `${clientLine(ctx.session)}\n`)
  },
})

export const clientList = defineCommand({
  name: 'CLIENT LIST',
  group: 'connection',
  since: '2.4.0',
  summary: 'Describes all connections, or those that match.',
  complexity: 'O(N) for N connections',
  syntax: '[TYPE (client-type: NORMAL | MASTER | REPLICA | PUBSUB)]@5.0 [ID client-id:int+]@6.2',
  flags: ['admin', 'noscript', 'loading', 'stale'],
  tips: ['nondeterministic_output'],
  history: [
    ['2.8.12', 'shows id'],
    ['5.0.0', 'takes TYPE'],
    ['6.0.0', 'shows user'],
    ['6.2.0', 'shows argv-mem, tot-mem, laddr and redir; takes ID'],
    ['7.0.0', 'shows resp, multi-mem, rbs and rbp'],
    ['7.0.3', 'shows ssub'],
    ['7.2.0', 'shows lib-name and lib-ver'],
    ['7.4.0', 'shows watch'],
    ['8.0.0', 'shows io-thread'],
  ],
  run(ctx, args, reply) {
    let text = ''
    for (const session of readSelection(args, ctx.engine)) text += `${clientLine(session)}\n`
    reply.verbatim('txt', text)
  },
})

/** The sessions asked for: in order of connection, or of the numbers given. */
function readSelection(args: Args, engine: Engine): Session[] {
  if (args.count === 2) return [...engine.sessions.values()]
  if (args.count === 4 && args.is(2, 'TYPE')) {
    const type = readClientType(args.text(3))
    return [...engine.sessions.values()].filter((session) => isOfType(session, type))
  }
  if (args.count === 3 || !args.is(2, 'ID')) throw errors.syntax
  const found: Session[] = []
  for (let i = 3; i < args.count; i++) {
    const session = engine.sessions.get(integerOr(args, i, errors.clientId))
    if (session !== undefined) found.push(session)
  }
  return found
}
