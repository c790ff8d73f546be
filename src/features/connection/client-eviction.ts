// client-eviction.ts: maxmemory-clients: closes connections, those first that take the most
// memory, while all together take more than they may. CLIENT NO-EVICT spares a connection.

import type { Engine } from '../../engine/dispatch/engine.ts'
import type { Session } from '../../engine/session/session.ts'
import { clientLine } from './client-line.ts'

/** A smaller limit would let nobody in who could raise it again; in bytes. */
const LIMIT_MIN = 128 * 1024

/** Keeps the limit in line with its directives, now and after each change. */
export function followClientMemory(engine: Engine): void {
  const { config, limits } = engine
  const all = config.integer('maxmemory')
  config.follow<number>('maxmemory-clients', ({ value }) => {
    limits.clients = limitOf(value, all.value)
  })
  const most = config.integer('maxmemory-clients')
  config.follow<number>('maxmemory', ({ value }) => {
    limits.clients = limitOf(most.value, value)
  })
}

/** Ten times a second: replies that nobody reads and watched keys are seen here only. */
export function watchClientMemory(engine: Engine): void {
  if (engine.limits.clients !== Number.POSITIVE_INFINITY) evictClients(engine)
}

/** Closes connections until the rest takes less than the limit; must not run inside a command. */
export function evictClients(engine: Engine): void {
  const { memory, limits, stats, host } = engine
  memory.measure()
  if (memory.clients < limits.clients) return
  const candidates = [...engine.sessions.values()].filter(isEvictable)
  candidates.sort((a, b) => memory.of(b) - memory.of(a))
  for (const session of candidates) {
    if (memory.clients < limits.clients) return
    host.log('notice', `Evicting client: ${clientLine(session)}`)
    stats.evictedClients++
    session.transport.destroy?.()
    session.end()
  }
  if (memory.clients < limits.clients) return
  host.log('warning', 'Over client maxmemory after evicting all evictable clients')
}

function isEvictable(session: Session): boolean {
  return !session.noEvict && session.transport.destroy !== undefined
}

/** Bytes of the limit: `most` is in bytes, or below zero in percent of `all`. */
function limitOf(most: number, all: number): number {
  const bytes = most < 0 ? Math.floor((all * -most) / 100) : most
  return bytes > 0 ? Math.max(bytes, LIMIT_MIN) : Number.POSITIVE_INFINITY
}
