// bug-report.ts: the last words of a server that met a bug of its own.

import { REDIS_VERSION, VERSION } from '../../engine/contract/version.ts'
import type { Log } from './log.ts'

/** Writes what a maintainer needs: the request and where it failed, down to the first cause. */
export function reportBug(log: Log, error: unknown): void {
  log.raw('warning', '\n=== RUBELLITE BUG REPORT START: cut and paste from here ===\n')
  const versions = `Rubellite ${VERSION} (Redis ${REDIS_VERSION}), Node ${process.versions.node}`
  log.write('warning', `${versions}, ${process.platform} ${process.arch}`)
  let cause = error
  for (let depth = 0; depth < 8; depth++) {
    if (!(cause instanceof Error)) {
      log.raw('warning', `${String(cause)}\n`)
      break
    }
    log.raw('warning', `${cause.stack ?? cause.message}\n`)
    if (cause.cause === undefined) break
    cause = cause.cause
    log.raw('warning', 'caused by ')
  }
  log.raw('warning', '=== RUBELLITE BUG REPORT END. Please report it with these lines. ===\n\n')
}
