// client-kill.ts: CLIENT KILL, by address as in old times or by any number of filters.

import type { Args } from '../../engine/arguments/args.ts'
import { defineCommand } from '../../engine/command/command.ts'
import type { Context } from '../../engine/dispatch/context.ts'
import type { Session } from '../../engine/session/session.ts'
import { isUser } from './auth.ts'
import { type ClientType, isOfType, readClientType } from './client-type.ts'
import { errors } from './errors.ts'
import { integerOr } from './integer.ts'

/** What a session must be to be closed; a filter that was not given lets all pass. */
type Filters = {
  id?: number
  type?: ClientType
  user?: string
  address?: string
  localAddress?: string
  /** Seconds since the connection began, at least. */
  age?: number
  skipMe: boolean
}

export const clientKill = defineCommand({
  name: 'CLIENT KILL',
  group: 'connection',
  since: '2.4.0',
  summary: 'Closes the connections that match.',
  complexity: 'O(N) for N connections',
  syntax:
    '(filter: old-format=ip:port!2.8.12 | (new-format: [ID client-id:int]@2.8.12 | ' +
    '[TYPE (client-type: NORMAL | MASTER@3.2 | SLAVE | REPLICA@5.0 | PUBSUB)]@2.8.12 | ' +
    '[USER username] | [ADDR addr=ip:port] | [LADDR laddr=ip:port]@6.2 | ' +
    '[SKIPME (YES | NO)] | [MAXAGE maxage:int]@7.4)+)',
  flags: ['admin', 'noscript', 'loading', 'stale'],
  history: [
    ['2.8.12', 'takes filters'],
    ['2.8.12', 'takes ID'],
    ['3.2.0', 'TYPE knows master'],
    ['5.0.0', 'TYPE knows replica; slave goes on meaning the same'],
    ['6.2.0', 'takes LADDR'],
    ['7.4.0', 'takes MAXAGE'],
  ],
  run(ctx, args, reply) {
    if (args.count > 3) {
      reply.integer(kill(ctx, readFilters(args)))
      return
    }
    const killed = kill(ctx, { address: text(args, 2), skipMe: false })
    if (killed === 0) throw errors.noSuchClient
    reply.ok()
  },
})

function readFilters(args: Args): Filters {
  const filters: Filters = { skipMe: true }
  for (let i = 2; i < args.count; i += 2) {
    if (i + 1 === args.count) throw errors.syntax
    readFilter(args, i, filters)
  }
  return filters
}

function readFilter(args: Args, i: number, filters: Filters): void {
  if (args.is(i, 'ID')) {
    filters.id = integerOr(args, i + 1, errors.clientIdRange)
    if (filters.id < 1) throw errors.clientIdRange
  } else if (args.is(i, 'MAXAGE')) {
    filters.age = integerOr(args, i + 1, errors.clientAge)
    if (filters.age < 1) throw errors.clientAgeRange
  } else if (args.is(i, 'TYPE')) filters.type = readClientType(args.text(i + 1))
  else if (args.is(i, 'ADDR')) filters.address = text(args, i + 1)
  else if (args.is(i, 'LADDR')) filters.localAddress = text(args, i + 1)
  else if (args.is(i, 'USER')) {
    filters.user = args.text(i + 1)
    if (!isUser(filters.user)) throw errors.noSuchUser(filters.user)
  } else if (args.is(i, 'SKIPME') && args.is(i + 1, 'YES')) filters.skipMe = true
  else if (args.is(i, 'SKIPME') && args.is(i + 1, 'NO')) filters.skipMe = false
  else throw errors.syntax
}

/** Closes what matches; returns how many. The own session gets its reply first. */
function kill(ctx: Context, filters: Filters): number {
  let killed = 0
  for (const session of [...ctx.engine.sessions.values()]) {
    if (!matches(session, filters)) continue
    if (session === ctx.session) {
      if (filters.skipMe) continue
      session.closing = true
    } else session.kill()
    killed++
  }
  return killed
}

function matches(session: Session, filters: Filters): boolean {
  const { id, type, user, address, localAddress, age } = filters
  const { transport, engine } = session
  if (id !== undefined && session.id !== id) return false
  if (type !== undefined && !isOfType(session, type)) return false
  if (user !== undefined && session.user !== user) return false
  if (address !== undefined && transport.address !== address) return false
  if (localAddress !== undefined && transport.localAddress !== localAddress) return false
  const seconds = Math.floor(engine.now / 1000) - Math.floor(session.createdAt / 1000)
  return age === undefined || seconds >= age
}

/** An argument as far as its first NUL, if it has one, like the addresses it is compared with. */
function text(args: Args, i: number): string {
  return args.text(i).split('\0', 1)[0]!
}
