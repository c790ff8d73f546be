// client-type.ts: the sorts of clients that CLIENT LIST and CLIENT KILL tell apart.

import type { Session } from '../../engine/session/session.ts'
import { isListener } from '../pubsub/subscriptions.ts'
import { errors } from './errors.ts'

export type ClientType = 'normal' | 'primary' | 'replica' | 'pubsub'

const types = new Map<string, ClientType>([
  ['normal', 'normal'],
  ['master', 'primary'],
  ['slave', 'replica'],
  ['replica', 'replica'],
  ['pubsub', 'pubsub'],
])

/** @throws errors.clientType */
export function readClientType(text: string): ClientType {
  const type = types.get(text.toLowerCase())
  if (type === undefined) throw errors.clientType(text)
  return type
}

/** Whether a session is of that type. */
export function isOfType(session: Session, type: ClientType): boolean {
  return type === (isListener(session) ? 'pubsub' : 'normal')
}
