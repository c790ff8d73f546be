// client-name.ts: CLIENT GETNAME, SETNAME and SETINFO: what a client says of itself.

import { latin1, type Span } from '../../bytes/memory/span.ts'
import { defineCommand } from '../../engine/command/command.ts'
import { errors } from './errors.ts'

export const clientGetName = defineCommand({
  name: 'CLIENT GETNAME',
  group: 'connection',
  since: '2.6.9',
  summary: 'Tells the name of this connection.',
  complexity: 'O(1)',
  flags: ['noscript', 'loading', 'stale'],
  run(ctx, _args, reply) {
    const name = latin1(ctx.session.name)
    if (name.length === 0) reply.nil()
    else reply.bulkBytes(name, 0, name.length)
  },
})

export const clientSetName = defineCommand({
  name: 'CLIENT SETNAME',
  group: 'connection',
  since: '2.6.9',
  summary: 'Gives this connection a name.',
  complexity: 'O(1)',
  syntax: 'connection-name',
  flags: ['noscript', 'loading', 'stale'],
  tips: ['request_policy:all_nodes', 'response_policy:all_succeeded'],
  reply: 'OK',
  run(ctx, args, reply) {
    ctx.session.name = nameOf(args.at(2))
    reply.ok()
  },
})

export const clientSetInfo = defineCommand({
  name: 'CLIENT SETINFO',
  group: 'connection',
  since: '7.2.0',
  summary: 'Notes the name or version of the client library.',
  complexity: 'O(1)',
  syntax: '(attr: LIB-NAME libname | LIB-VER libver)',
  flags: ['noscript', 'loading', 'stale'],
  tips: ['request_policy:all_nodes', 'response_policy:all_succeeded'],
  reply: 'OK',
  run(ctx, args, reply) {
    const isName = args.is(2, 'LIB-NAME')
    if (!isName && !args.is(2, 'LIB-VER')) throw errors.clientInfoName(args.text(2))
    const value = args.at(3)
    if (!isListable(value)) throw errors.clientInfoValue(args.text(2))
    if (isName) ctx.session.libraryName = value.text()
    else ctx.session.libraryVersion = value.text()
    reply.ok()
  },
})

/**
 * A name for a client, one character per byte; empty takes the name away.
 * @throws errors.clientName
 */
export function nameOf(span: Span): string {
  if (!isListable(span)) throw errors.clientName
  return span.text()
}

/** Whether CLIENT LIST can print it as one word: '!' to '~', as far as a NUL if there is one. */
function isListable({ bytes, start, end }: Span): boolean {
  for (let i = start; i < end && bytes[i] !== 0; i++) {
    if (bytes[i]! < 33 || bytes[i]! > 126) return false
  }
  return true
}
