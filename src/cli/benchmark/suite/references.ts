// references.ts: the redis-servers a suite compares with when the command line names none.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { packageRoot, type ServerCommand } from '../servers/server-command.ts'

/**
 * redis-server 8.2 first (its figures decide), then 7.0; each where it is installed. Looked for
 * in REDIS_8 and REDIS_7, in `.references/`, and on the PATH.
 */
export function findReferences(): ServerCommand[] {
  const folder = join(packageRoot(), '.references')
  const eight = [process.env['REDIS_8'], join(folder, 'redis-8', 'redis-server-8')]
  const seven = [process.env['REDIS_7'], join(folder, 'redis-7', 'redis-server')]
  return [
    find([...eight, 'redis-server'], /^8\./),
    find([...seven, 'redis-server'], /^7\./),
  ].flatMap((found) => found ?? [])
}

function find(candidates: (string | undefined)[], wanted: RegExp): ServerCommand | undefined {
  for (const path of candidates) {
    if (path === undefined || path === '' || (path.includes('/') && !existsSync(path))) continue
    const { stdout } = spawnSync(path, ['--version'], { encoding: 'utf8' })
    const version = /\bv=(\S+)/.exec(stdout ?? '')?.[1] ?? ''
    if (wanted.test(version)) return { name: `redis-${version}`, argv: [path] }
  }
  return undefined
}
