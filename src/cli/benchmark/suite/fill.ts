// fill.ts: the load that fills a server with numbered keys.
import type { LoadJob, LoadTarget } from '../load/job.ts'

/** Requests one connection sends before it waits. */
const PIPELINE = 100
const CONNECTIONS = 4

export interface Filling {
  target: LoadTarget
  /** Sent once for each key; `__rand_int__` becomes its number. */
  request: readonly string[]
  keys: number
}

/** A job that sends the request once for each of so many keys (rounded up to whole pipelines). */
export function fillJob({ target, request, keys }: Filling): LoadJob {
  return {
    target,
    prologue: [],
    request,
    requests: keys,
    connections: CONNECTIONS,
    pipeline: PIPELINE,
    keepAlive: true,
    keyspace: 2 ** 31 - 1,
    order: 'sequence',
    seed: 1,
    precision: 2,
  }
}
