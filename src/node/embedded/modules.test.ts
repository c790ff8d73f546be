// modules.test.ts: modules from outside in an embedded engine.

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import {
  type CommandDeclaration,
  CommandError,
  defineCommand,
  defineDirective,
  defineGate,
  defineModule,
  integer,
  type ModuleDeclaration,
  ReplyError,
} from '../../module.ts'
import { createRubellite } from '../../testing.ts'

const hello: CommandDeclaration = defineCommand({
  name: 'GREET.HELLO',
  summary: 'Greets.',
  syntax: 'name',
  flags: ['readonly', 'fast'],
  run(ctx, args, reply) {
    const most = ctx.engine.config.integer('greet.longest').value
    if (args.at(1).length > most) throw new CommandError(`GREETLONG at most ${most} letters`)
    reply.text(`hello ${args.text(1)}`)
  },
})

function greet(changes: Partial<ModuleDeclaration> = {}) {
  return defineModule({
    name: 'greet',
    version: 3,
    commands: [hello],
    directives: [
      defineDirective('greet.longest', { kind: integer({ min: 1, max: 100 }), initial: '8' }),
    ],
    info: [{ fields: () => [['greeted', 7]] }],
    ...changes,
  })
}

describe('a module from outside', () => {
  it('brings commands, their errors and their directives', async () => {
    await using db = await createRubellite({ modules: [greet()], config: { 'greet.longest': '3' } })
    assert.equal(db.call('GREET.HELLO', 'Ada'), 'hello Ada')
    assert.throws(() => db.call('GREET.HELLO', 'Barbara'), { code: 'GREETLONG' })
    db.call('CONFIG', 'SET', 'greet.longest', '7')
    assert.equal(db.call('greet.hello', 'Barbara'), 'hello Barbara')
    assert.throws(() => db.call('GREET.HELLO'), /wrong number of arguments for 'GREET.HELLO'/)
  })

  it('shows in COMMAND and INFO as its own', async () => {
    await using db = await createRubellite({ modules: [greet()] })
    assert.deepEqual(db.call('COMMAND', 'LIST', 'FILTERBY', 'MODULE', 'greet'), ['GREET.HELLO'])
    assert.match(db.call('INFO', 'everything'), /# greet\r\ngreet_greeted:7\r\n/)
    assert.match(db.call('INFO', 'greet'), /^# greet\r\n/)
    assert.doesNotMatch(db.call('INFO'), /greeted/)
  })

  it('brings a gate, which stands where it says', async () => {
    const closed = defineGate({
      name: 'closed',
      after: 'memory',
      applies: ({ name, flags }) => name !== 'config' && flags.includes('write'),
      check(_ctx, args) {
        if (args.count > 1 && args.text(1) === 'secret') throw new CommandError('CLOSED keep out')
      },
    })
    await using db = await createRubellite({ modules: [greet({ gates: [closed] })] })
    assert.equal(db.call('SET', 'open', '1'), 'OK')
    assert.throws(() => db.call('SET', 'secret', '1'), { code: 'CLOSED' })
    assert.equal(db.call('GET', 'secret'), null)
  })

  it('brings ACL categories', async () => {
    const waved = { ...hello, name: 'GREET.WAVE', categories: ['greeting', 'fast'] }
    const of = { categories: ['greeting'], commands: [hello, waved] }
    await using db = await createRubellite({ modules: [greet(of)] })
    const inCategory = (name: string) => db.call('COMMAND', 'LIST', 'FILTERBY', 'ACLCAT', name)
    assert.deepEqual(inCategory('Greeting'), ['GREET.WAVE'])
    assert.deepEqual(inCategory('nosuch'), [])
    const [info] = db.call('COMMAND', 'INFO', 'greet.wave') as unknown[][]
    assert.deepEqual([...(info![6] as Iterable<string>)], ['@fast', '@greeting'])
  })

  it('is refused by name where it clashes', async () => {
    const refused = async (changes: Partial<ModuleDeclaration>, reason: RegExp) => {
      await assert.rejects(async () => createRubellite({ modules: [greet(changes)] }), reason)
    }
    const get = { ...hello, name: 'GET' }
    const port = defineDirective('greet.longest', {
      kind: integer({ min: 1, max: 2 }),
      initial: '1',
    })
    const gate = { name: 'x', applies: () => true, check() {} }
    await refused({ commands: [get] }, /^Error: module 'greet': the command 'get' exists already$/)
    await refused({ commands: [hello, hello] }, /module 'greet': the command 'greet.hello' exists/)
    await refused({ directives: [port, port] }, /module 'greet': the directive 'greet.longest'/)
    await refused(
      { gates: [{ ...gate, after: 'nowhere' as never }] },
      /'greet': the gate 'x' has no/,
    )
    await refused(
      { gates: [{ ...gate, name: 'acl', after: 'acl' }] },
      /'greet': the gate 'acl' exists/,
    )
    await refused({ categories: ['hash'] }, /module 'greet': the ACL category 'hash' exists/)
    await refused({ categories: ['a', 'a'] }, /module 'greet': the ACL category 'a' exists/)
    await refused({ categories: ['@a'] }, /the ACL category '@a' is no word in lower case/)
    await refused(
      { commands: [{ ...hello, categories: ['fast', 'wave'] }] },
      /module 'greet': the command 'GREET.HELLO' names the ACL category 'wave', not declared/,
    )
    await refused({ name: 'Greet' }, /module 'Greet': the name is no word in lower case/)
    await assert.rejects(
      async () => createRubellite({ modules: [greet(), greet({ commands: [] })] }),
      /module 'greet': a module of that name is there/,
    )
    await assert.rejects(
      async () => createRubellite({ modules: [{ name: 'x', version: 1, api: 9 }] }),
      /module 'x' is made for version 9 of rubellite\/module/,
    )
  })
})

describe('a command of a module', () => {
  const copy = defineCommand({
    name: 'TWICE.COPY',
    syntax: 'source:key destination:key',
    keys: ['RO access', 'OW insert'],
    flags: ['write'],
    run(ctx, args, reply) {
      const value = ctx.call('GET', args.key(1))
      if (value instanceof ReplyError) throw new CommandError(value.message)
      if (value !== null) ctx.call('SET', args.key(2), `${value}${value}`)
      const fields = ctx.call('HGETALL', 'h')
      reply.text(`${value} ${fields instanceof Map ? fields.get('f') : '?'}`)
    },
  })
  const twice = defineModule({ name: 'twice', commands: [copy] })

  it('runs others, and their errors are its own to answer', async () => {
    await using db = await createRubellite({ modules: [twice] })
    db.call('MSET', 'a', 'é', 'b', '1')
    db.call('HSET', 'h', 'f', 'v')
    assert.equal(db.call('TWICE.COPY', 'a', 'b'), 'é v')
    assert.equal(db.call('GET', 'b'), 'éé')
    assert.throws(() => db.call('TWICE.COPY', 'h', 'b'), { code: 'WRONGTYPE' })
    db.call('MULTI')
    db.call('TWICE.COPY', 'b', 'a')
    assert.deepEqual(db.call('EXEC'), ['éé v'])
    assert.equal(db.call('GET', 'a'), 'éééé')
    const session = db.session()
    session.execute('HELLO 2\r\n')
    assert.match(
      Buffer.from(session.execute('TWICE.COPY b c\r\n')).toString(),
      /^\$\d+\r\néé v\r\n/,
    )
  })
})
