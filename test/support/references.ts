// references.ts: finds the reference servers that tests compare with; none of them is required.
import { spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { root } from './root.ts'

export interface Reference {
  /** The server's executable. */
  path: string
  /** What `--version` says, e.g. `8.2.3`. */
  version: string
}

/**
 * redis-server 8.2.3, which decides replies, error texts and metadata; undefined when it is not
 * installed. Looked for in REDIS_8, in `.references/` and on the PATH.
 */
export const redis8 = findReference({
  variable: 'REDIS_8',
  installed: join(root, '.references', 'redis-8', 'redis-server-8'),
  accepts: (version) => version === '8.2.3',
})

/**
 * redis-server 7.0, for files and protocols that must stay readable both ways; undefined when it
 * is not installed. Looked for in REDIS_7, in `.references/` and on the PATH.
 */
export const redis7 = findReference({
  variable: 'REDIS_7',
  installed: join(root, '.references', 'redis-7', 'redis-server'),
  accepts: (version) => version.startsWith('7.0.'),
})

/** The line a test prints when it has nothing to compare with. */
export const withoutReference =
  'no redis-server 8.2.3 here (node scripts/references.mjs installs it): not compared'

/** The first executable of that name on the PATH, e.g. `redis-cli`; undefined without one. */
export function findOnPath(name: string): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  return folders.map((folder) => join(folder, name)).find(isExecutable)
}

interface Wanted {
  variable: string
  installed: string
  accepts: (version: string) => boolean
}

function findReference({ variable, installed, accepts }: Wanted): Reference | undefined {
  const candidates = [process.env[variable], installed, findOnPath('redis-server')]
  for (const path of candidates) {
    if (path === undefined || path === '' || !isExecutable(path)) continue
    const version = versionOf(path)
    if (accepts(version)) return { path, version }
  }
  return undefined
}

function versionOf(path: string): string {
  const { stdout } = spawnSync(path, ['--version'], { encoding: 'utf8', timeout: 10_000 })
  return /\bv=(\S+)/.exec(stdout ?? '')?.[1] ?? ''
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
