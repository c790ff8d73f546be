// modules.test.ts: a server that loads modules from files: loadmodule, MODULE LOAD, MODULE UNLOAD.
import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { printed } from '../support/printed.ts'
import { root } from '../support/root.ts'
import { startRubellite, type TestServer } from '../support/servers.ts'

/** The files, by name: every kind of module that Node 20 knows. */
const files = {
  'steps.mjs': `
import { CommandError, defineDirective, defineModule, integer } from 'rubellite/module'

await Promise.resolve()
export default defineModule({
  name: 'steps',
  version: 2,
  directives: [
    defineDirective('steps.size', { kind: integer({ min: 1, max: 9 }), initial: '3' }),
  ],
  commands: [
    {
      name: 'STEPS.SIZE',
      flags: ['readonly', 'fast'],
      run(ctx, _args, reply) {
        reply.integer(ctx.engine.config.integer('steps.size').value)
      },
    },
    {
      name: 'STEPS.FAIL',
      run() {
        throw new CommandError('STEPSFAIL on purpose')
      },
    },
  ],
  gates: [
    {
      name: 'steps',
      after: 'acl',
      applies: ({ name }) => name === 'echo',
      check() {
        throw new CommandError('NOECHO here')
      },
    },
  ],
  onLoad(engine, args) {
    if (args[0] === 'no') throw new Error('it was told so')
    engine.host.log('notice', 'given: ' + args.join(' '))
  },
})
`,
  'hello.cjs': `
const { defineModule } = require('rubellite/module')
exports.module = defineModule({
  name: 'hello',
  commands: [{ name: 'HELLO.HI', run: (_ctx, _args, reply) => reply.text('hi') }],
})
`,
  'nothing.js': 'export const module = 3\n',
  'get.js': `
import { defineModule } from 'rubellite/module'
export const module = defineModule({ name: 'get', commands: [{ name: 'GET', run() {} }] })
`,
  'package.json': '{ "type": "module" }\n',
}

describe('a server with modules', () => {
  let folder: string
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'rubellite-modules-'))
    mkdirSync(join(folder, 'node_modules'))
    symlinkSync(root, join(folder, 'node_modules', 'rubellite'))
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  })
  after(() => rmSync(folder, { recursive: true, force: true }))

  /** Asks a server: words with blanks between them, answered as redis-cli prints replies. */
  async function client(server: TestServer) {
    const wire = await server.connect()
    return async (line: string) => {
      const reply = await wire.call(...line.split(' '))
      return printed(reply.value)
    }
  }

  test('loads those of the command line, with arguments and directives', async () => {
    const file = join(folder, 'steps.mjs')
    const options = ['--loadmodule', file, 'a', 'b', '--steps.size', '5']
    await using server = await startRubellite(options)
    const ask = await client(server)
    assert.equal(await ask('STEPS.SIZE'), '(integer) 5')
    assert.equal(await ask('STEPS.FAIL'), '(error) STEPSFAIL on purpose')
    assert.equal(await ask('ECHO x'), '(error) NOECHO here')
    assert.equal(await ask('CONFIG GET steps.*'), '1) "steps.size"\n2) "5"')
    assert.match(server.log(), /\* given: a b\n.*\* Module 'steps' loaded from .*steps\.mjs\n/)
    const info = await ask('INFO modules')
    assert.match(
      info,
      /module:name=steps,ver=2,api=1,filters=0,usedby=\[\],using=\[\],options=\[\]/,
    )
    assert.match(
      await ask('MODULE LOAD x'),
      /^\(error\) ERR MODULE command not allowed. If the enable-module-command option/,
    )
  })

  test('loads and unloads while it runs', async () => {
    await using server = await startRubellite(['--enable-module-command', 'yes'])
    const ask = await client(server)
    const count = Number((await ask('COMMAND COUNT')).slice('(integer) '.length))
    const failed = '(error) ERR Error loading the extension. Please check the server logs.'
    const load = (rest: string) => ask(`MODULE LOAD ${folder}/${rest}`)
    assert.equal(await load('hello.cjs x y'), 'OK')
    assert.equal(await load('steps.mjs no'), failed)
    assert.equal(await load('nothing.js'), failed)
    assert.equal(await load('get.js'), failed)
    assert.equal(await load('hello.cjs'), failed)
    assert.equal(await ask('HELLO.HI'), '"hi"')
    assert.equal(await ask('COMMAND COUNT'), `(integer) ${count + 1}`)
    assert.equal(await ask('COMMAND LIST FILTERBY MODULE hello'), '1) "HELLO.HI"')
    assert.equal(await ask(`MODULE LOADEX ${folder}/steps.mjs CONFIG steps.size 17`), failed)
    assert.equal(await ask(`MODULE LOADEX ${folder}/steps.mjs CONFIG steps.no 1`), failed)
    const args = 'CONFIG steps.size 7 ARGS q'
    assert.equal(await ask(`MODULE LOADEX ${folder}/steps.mjs ${args}`), 'OK')
    assert.equal(await ask('STEPS.SIZE'), '(integer) 7')
    assert.equal(await ask('ECHO x'), '(error) NOECHO here')
    assert.equal(await ask('MODULE UNLOAD STEPS'), 'OK')
    assert.equal(await ask('ECHO x'), '"x"')
    assert.match(await ask('STEPS.SIZE'), /^\(error\) ERR unknown command/)
    assert.equal(await ask('CONFIG GET steps.*'), '(empty array)')
    assert.equal(await ask('MODULE UNLOAD hello'), 'OK')
    assert.equal(await ask('COMMAND COUNT'), `(integer) ${count}`)
    for (const reason of ['it was told so', 'it exports no module', "module 'get': the command"]) {
      assert.ok(server.log().includes(reason), reason)
    }
    assert.match(server.log(), /module 'hello': a module of that name is there/)
  })

  test('does not start without them, or with directives that are nobody’s', async () => {
    const none = startRubellite(['--loadmodule', join(folder, 'none.js')])
    await assert.rejects(none, /# Can't load module from .*none\.js: server aborting/)
    const stray = startRubellite(['--steps.size', '5'])
    await assert.rejects(stray, />>> 'steps\.size 5'(.|\n)*Module Configuration detected without/)
  })
})
