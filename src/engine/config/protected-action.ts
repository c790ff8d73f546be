// protected-action.ts: what only some connections may do: directives and commands that reach
// beyond the data, allowed to nobody, to everybody, or from this machine.

import type { Session } from '../session/session.ts'
import type { Setting } from './setting.ts'

/** Whether enable-protected-configs, enable-debug-command and their like let this session. */
export function allowsAction(permission: Setting<string>, session: Session): boolean {
  if (permission.value === 'local') return isLocal(session.transport.address)
  return permission.value === 'yes'
}

/**
 * Whether a peer is on this machine.
 * @param address as CLIENT LIST prints it: host and port, or the path of a Unix socket
 */
export function isLocal(address: string): boolean {
  return /^(127\.|\[?::1\]?:|\/)/.test(address)
}
