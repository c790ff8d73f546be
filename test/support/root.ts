// root.ts: where the repository lies, seen from the compiled tests in dist/test.
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder that holds package.json: tests read sources, transcripts and tables below it. */
export const root = findRoot(dirname(fileURLToPath(import.meta.url)))

function findRoot(folder: string): string {
  if (existsSync(join(folder, 'tsconfig.base.json'))) return folder
  return findRoot(dirname(folder))
}
