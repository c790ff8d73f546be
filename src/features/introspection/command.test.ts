// command.test.ts: COMMAND describes each command that there is, once.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Stage } from '#test/support/stage.js'
import { Rubellite } from '../../node/embedded/rubellite.ts'

test('COUNT counts what COMMAND describes; LIST names the subcommands too', async () => {
  await using db = await Rubellite.open()
  const described = db.call('COMMAND') as [name: string, ...rest: unknown[]][]
  const names = described.map(([name]) => name)
  assert.equal(db.call('COMMAND', 'COUNT'), names.length)
  assert.equal(new Set(names).size, names.length)
  const listed = db.call('COMMAND', 'LIST') as string[]
  assert.deepEqual(
    listed.filter((name) => !name.includes('|')),
    names,
  )
  assert.ok(listed.includes('config|get'))
  assert.deepEqual((db.call('COMMAND', 'INFO') as unknown[]).length, names.length)
})

test('HELP lists every subcommand with its arguments and what it does', async () => {
  await using db = await Rubellite.open()
  const lines = db.call('COMMAND', 'HELP') as string[]
  const uses = lines.slice(1).filter((line) => !line.startsWith(' '))
  assert.deepEqual(
    uses.map((line) => line.split(' ')[0]),
    ['COUNT', 'LIST', 'INFO', 'DOCS', 'GETKEYS', 'GETKEYSANDFLAGS', 'HELP'],
  )
  assert.equal(lines.length, 1 + 2 * uses.length)
})

test('what is said of all commands is true when one has come or gone, in both protocols', () => {
  const { engine, client } = new Stage()
  const { table } = engine
  const heads = () => ['COMMAND', 'COMMAND DOCS'].map((line) => client.feed(`${line}\r\n`))
  const first = heads()
  assert.deepEqual(heads(), first)
  const get = table.get('get')!
  table.remove('get')
  const less = heads()
  assert.ok(less[0]!.startsWith(`*${table.size}\r\n`))
  assert.ok(less[1]!.startsWith(`*${table.size * 2}\r\n`))
  table.add('get', get)
  assert.deepEqual(
    heads().map((text) => text.length),
    first.map((text) => text.length),
  )
  client.feed('HELLO 3\r\n')
  assert.ok(heads()[1]!.startsWith(`%${table.size}\r\n`))
})
