// auth.ts: AUTH, and the gate that stands before everything else until it has succeeded.
//
// There is one user, `default`, whose password is the directive `requirepass`. Without a password
// everybody is logged in. A session that once was stays so when the password changes.

import type { Span } from '../../bytes/memory/span.ts'
import { defineCommand } from '../../engine/command/command.ts'
import { NO_AUTH } from '../../engine/command/flags.ts'
import { type Gate, gateBit, PASS } from '../../engine/contract/gates.ts'
import type { Engine } from '../../engine/dispatch/engine.ts'
import type { Session } from '../../engine/session/session.ts'
import { errors } from './errors.ts'

const DEFAULT_USER = 'default'

export const auth = defineCommand({
  name: 'AUTH',
  group: 'connection',
  since: '1.0.0',
  summary: 'Proves who is connected.',
  complexity: 'O(N) for N passwords of the user',
  syntax: '[username]@6.0 password',
  flags: ['noscript', 'loading', 'stale', 'fast', 'no_auth', 'allow_busy'],
  history: [['6.0.0', 'takes a user name']],
  reply: 'OK',
  run(ctx, args, reply) {
    if (args.count > 3) throw errors.syntax
    for (let i = 1; i < args.count; i++) ctx.redact(i)
    if (args.count === 2) {
      if (passwordOf(ctx.engine) === '') throw errors.noAuthNeeded
      authenticate(ctx.session, undefined, args.at(1))
    } else authenticate(ctx.session, args.at(1), args.at(2))
    reply.ok()
  },
})

export const authGate: Gate = {
  name: 'auth',
  applies: (command) => (command.flags & NO_AUTH) === 0,
  check(ctx) {
    if (ctx.session.authenticated) return PASS
    throw errors.noAuth
  },
}

/**
 * Logs a session in.
 * @param user undefined for the default user
 * @throws errors.wrongPass
 */
export function authenticate(session: Session, user: Span | undefined, password: Span): void {
  const wanted = passwordOf(session.engine)
  const known = user === undefined || user.text() === DEFAULT_USER
  if (!known || (wanted !== '' && !isSame(password, wanted))) throw errors.wrongPass
  session.authenticated = true
  session.user = DEFAULT_USER
  armGate(session)
}

/** Whether a user of that name exists. */
export function isUser(name: string): boolean {
  return name === DEFAULT_USER
}

/** Brings a session that begins, or begins anew, to where a client has to log in. */
export function greetUnauthenticated(session: Session): void {
  session.authenticated = passwordOf(session.engine) === ''
  session.user = DEFAULT_USER
  armGate(session)
}

/** Lets the gates of all sessions follow the password. */
export function followPassword(engine: Engine): void {
  if (engine.config.find('requirepass') === undefined) return
  engine.config.onChange('requirepass', () => {
    for (const session of engine.sessions.values()) armGate(session)
  })
}

function armGate(session: Session): void {
  const required = !session.authenticated && passwordOf(session.engine) !== ''
  session.limits.unauthenticated = required
  if (required) session.armed |= gateBit('auth')
  else session.armed &= ~gateBit('auth')
}

/** The password, one character per byte; empty where none is needed. */
function passwordOf(engine: Engine): string {
  return (engine.config.find('requirepass')?.value as string | undefined) ?? ''
}

/** Compares in a time that does not tell how much of a guess is right. */
function isSame(guess: Span, password: string): boolean {
  let difference = guess.length ^ password.length
  for (let i = 0; i < guess.length; i++) {
    difference |= guess.bytes[guess.start + i]! ^ password.charCodeAt(i % password.length)
  }
  return difference === 0
}
