// examples.test.ts: the programs in examples, written for Redis, run against our server and against
// the reference. They check their own results; what they print last is the same everywhere.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { promisify } from 'node:util'
import { redis8, withoutReference } from '../support/references.ts'
import { root } from '../support/root.ts'
import { startReference, startRubellite, type TestServer } from '../support/servers.ts'

const folder = join(root, 'examples')
const run = promisify(execFile)

/** What each program prints last. */
const endings: Record<string, RegExp> = {
  'consumer-group.mjs': /^500 orders booked once each; ada took over 10 of them\n$/m,
  'leaderboard.mjs': /^36 of 200 players have 1500 points or more\n$/m,
  'work-queue.mjs': /^300 jobs done once each; dan died with \{"id":4,"n":4\} in hand\n$/m,
}

const servers = [
  { name: 'Rubellite', start: () => startRubellite(), skip: false },
  { name: 'the reference', start: () => startReference(), skip: !redis8 && withoutReference },
]

for (const { name, start, skip } of servers) {
  describe(`examples against ${name}`, { skip }, () => {
    let server: TestServer
    before(async () => {
      server = await start()
    })
    after(() => server?.stop())

    for (const file of readdirSync(folder).filter((name) => name.endsWith('.mjs'))) {
      test(file, async () => {
        const env = { ...process.env, REDIS_URL: `redis://127.0.0.1:${server.port}` }
        const program = join(folder, file)
        const { stdout } = await run(process.execPath, [program], { env, timeout: 30_000 })
        assert.match(stdout, endings[file] ?? /./)
      })
    }
  })
}
