// package.test.ts: the library as its users import it: ESM and CommonJS, each with its own types.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { root } from './support/root.ts'

const program = `
const echo = defineModule({
  name: 'echo',
  commands: [
    {
      name: 'ECHO.TWICE',
      syntax: 'text',
      run(ctx, args, reply) {
        if (args.at(1).length === 0) throw new CommandError('ERR nothing to say')
        reply.text(args.text(1) + args.text(1))
      },
    },
  ],
})

async function main() {
  const db = await Rubellite.open({ clock: 'manual', seed: 42, modules: [echo] })
  db.call('SET', 'k', 'v', 'EX', 3600)
  db.clock.advance('1h')
  console.log(db.call('GET', 'k'), db.call('ECHO.TWICE', 'a'))
  await db.close()
}
main()
`

const imports = `import { Rubellite } from 'rubellite'
import { CommandError, defineModule } from 'rubellite/module'
`

const consumers = { 'esm.mts': imports + program, 'cjs.cts': imports + program }

describe('the package', () => {
  let folder: string
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'rubellite-consumer-'))
    mkdirSync(join(folder, 'node_modules', '@types'), { recursive: true })
    symlinkSync(root, join(folder, 'node_modules', 'rubellite'))
    const types = join('node_modules', '@types', 'node')
    symlinkSync(join(root, types), join(folder, types))
    for (const [name, text] of Object.entries(consumers)) writeFileSync(join(folder, name), text)
  })
  after(() => rmSync(folder, { recursive: true, force: true }))

  test('has types that resolve under NodeNext, for both kinds of module', () => {
    const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
    const options = ['--strict', '--module', 'nodenext', '--target', 'es2022', '--types', 'node']
    const files = Object.keys(consumers)
    const { status, stdout } = spawnSync(process.execPath, [compiler, ...options, ...files], {
      cwd: folder,
      encoding: 'utf8',
    })
    assert.equal(status, 0, stdout)
  })

  for (const compiled of ['esm.mjs', 'cjs.cjs']) {
    test(`runs when it is imported by ${compiled}, and leaves nothing open`, () => {
      const { status, stdout, stderr } = spawnSync(process.execPath, [compiled], {
        cwd: folder,
        encoding: 'utf8',
        timeout: 20_000,
      })
      assert.equal(status, 0, stderr)
      assert.equal(stdout, 'null aa\n')
    })
  }
})
