// module-example.test.ts: examples/module-leaderboard as its users have it: a package of its own
// that depends on the packed one, tested, type-checked, and loaded by the packed server.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { printed } from './support/printed.ts'
import { root } from './support/root.ts'
import { startRubellite } from './support/servers.ts'

/** Runs npm, which says where it lies when it runs us, without a network. */
function npm(cwd: string, ...args: string[]): void {
  const path = process.env['npm_execpath']
  const [command, first] = path === undefined ? ['npm', []] : [process.execPath, [path]]
  run(cwd, command, ...first, ...args, '--offline', '--no-audit', '--no-fund', '--loglevel=error')
}

function run(cwd: string, command: string, ...args: string[]): string {
  // The runner of these tests tells its children to report to it.
  const { NODE_TEST_CONTEXT: _, ...env } = process.env
  const options = { cwd, env, encoding: 'utf8', timeout: 60_000 } as const
  const { status, stdout, stderr } = spawnSync(command, args, options)
  assert.equal(status, 0, `${command} ${args.join(' ')}\n${stdout}${stderr}`)
  return stdout
}

describe('the example of a module', () => {
  let folder: string
  let example: string
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'rubellite-example-'))
    example = join(folder, 'leaderboard')
    cpSync(join(root, 'examples', 'module-leaderboard'), example, { recursive: true })
    npm(root, 'pack', '--ignore-scripts', `--pack-destination=${folder}`)
    const [tarball = ''] = readdirSync(folder).filter((name) => name.endsWith('.tgz'))
    npm(example, 'install', '--ignore-scripts', join(folder, tarball))
  })
  after(() => rmSync(folder, { recursive: true, force: true }))

  test('passes its own tests, in the process', () => {
    assert.match(run(example, process.execPath, '--test', '--test-reporter=tap'), /^# fail 0$/m)
  })

  test('agrees with the types of the package', () => {
    const types = join('node_modules', '@types', 'node')
    mkdirSync(join(example, 'node_modules', '@types'))
    symlinkSync(join(root, types), join(example, types))
    const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
    const kind = ['--noEmit', '--allowJs', '--checkJs', '--strict', '--types', 'node']
    const target = [
      '--module',
      'nodenext',
      '--target',
      'es2022',
      '--lib',
      'es2023,esnext.disposable',
    ]
    const files = ['src/index.js', 'test/leaderboard.test.js']
    run(example, process.execPath, compiler, ...kind, ...target, ...files)
  })

  test('serves clients, and its values outlive the server', async () => {
    const program = join(example, 'node_modules', 'rubellite', 'bin', 'rubellite')
    const file = join(example, 'src', 'index.js')
    const options = ['--loadmodule', file, '--leaderboard.max-players', '2', '--dir', folder]
    const session = async (...lines: string[]) => {
      await using server = await startRubellite(options, program)
      const wire = await server.connect()
      const replies: string[] = []
      for (const line of lines) replies.push(printed((await wire.call(...line.split(' '))).value))
      return replies
    }
    const [added, saved, info] = await session('LB.ADD b 1 ada 2 bob 3 cid', 'SAVE', 'INFO modules')
    assert.deepEqual([added, saved], ['(integer) 3', 'OK'])
    assert.match(info ?? '', /module:name=leaderboard,ver=1,.*leaderboard_trimmed:1/s)
    const [type, rank] = await session('TYPE b', 'LB.RANK b bob')
    assert.deepEqual([type, rank], ['ldrboard1', '1) (integer) 2\n2) "2"'])
  })
})
