// command.test.ts: declarations, what is derived from them, and the keys of calls.

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Words } from '../../bytes/wire/request.ts'
import { categoryNames } from './categories.ts'
import { type Command, defineCommand } from './command.ts'
import { FAST, flagNames, MOVABLEKEYS, WRITE } from './flags.ts'
import { migrateKeys, setKeys, sortKeys } from './key-finders.ts'
import { keyFlagNames } from './key-specs.ts'
import { findKeys, findSlots, fitsArity, hasKeys, KeyList } from './keys.ts'

const hset = defineCommand({
  name: 'HSET',
  group: 'hash',
  syntax: 'key (field value)+',
  keys: 'RW update',
  flags: ['write', 'denyoom', 'fast'],
})

describe('a declared command', () => {
  it('has its derived facts at hand and cannot be changed', () => {
    assert.equal(hset.name, 'hset')
    assert.equal(hset.arity, -4)
    assert.equal(hset.flags & (WRITE | FAST), WRITE | FAST)
    assert.deepEqual([hset.firstKey, hset.lastKey, hset.keyStep], [1, 1, 1])
    assert.ok(Object.isFrozen(hset))
  })

  it('is in the category of its group and in those its flags imply', () => {
    assert.deepEqual(categoryNames(hset), ['write', 'hash', 'fast'])
  })

  it('is in categories of its module behind those that are built in', () => {
    const own = ['shape', 'read', 'colour']
    const draw = defineCommand({ name: 'DRAW', group: 'module', module: 'd', categories: own })
    assert.deepEqual(categoryNames(draw), ['read', 'shape', 'colour'])
  })

  it('that runs a script is not in @read although it only reads', () => {
    const script = defineCommand({ name: 'EVAL_RO', group: 'scripting', flags: ['readonly'] })
    assert.deepEqual(categoryNames(script), ['slow', 'scripting'])
  })

  it('shows no flag that is the server’s own business', () => {
    const debug = defineCommand({ name: 'DEBUG', group: 'server', flags: ['protected', 'admin'] })
    assert.deepEqual(flagNames(debug.flags), ['admin'])
  })

  it('has subcommands that name it, and a second word in its arity', () => {
    const list = defineCommand({ name: 'CLIENT LIST', group: 'connection' })
    const client = defineCommand({ name: 'CLIENT', group: 'connection', subcommands: [list] })
    assert.equal(list.fullName, 'client|list')
    assert.equal(list.arity, 2)
    assert.equal(client.arity, -2)
    assert.throws(
      () => defineCommand({ name: 'CONFIG', group: 'server', subcommands: [list] }),
      /'client\|list' is no subcommand of 'config'/,
    )
  })

  it('of a module without a grammar takes anything and is in no category', () => {
    const vadd = defineCommand({ name: 'VADD', group: 'module', module: 'v', keys: 'RW update' })
    assert.equal(vadd.arity, -1)
    assert.equal(vadd.firstKey, 1)
    assert.equal(vadd.categories, 0)
    assert.deepEqual(vadd.arguments, [])
  })
})

describe('the keys of a call', () => {
  it('are positions with flags, counted from the command’s name', () => {
    const copy = defineCommand({
      name: 'COPY',
      group: 'generic',
      syntax: 'source:key destination:key',
      keys: ['RO access', 'OW update'],
    })
    assert.deepEqual(find(copy, 'copy a b'), ['1 RO access', '2 OW update'])
    assert.deepEqual(find(copy, 'command getkeys copy a b', 2), ['1 RO access', '2 OW update'])
  })

  it('are as many as the call says', () => {
    const zunion = defineCommand({
      name: 'ZUNION',
      group: 'sorted-set',
      syntax: 'numkeys:int key+ [WITHSCORES]',
      keys: 'RO access',
    })
    assert.ok(zunion.flags & MOVABLEKEYS)
    assert.deepEqual(find(zunion, 'zunion 2 a b withscores'), ['2 RO access', '3 RO access'])
    assert.deepEqual(find(zunion, 'zunion 3 a b'), [])
    assert.deepEqual(find(zunion, 'zunion 0 a b'), [])
    assert.deepEqual(find(zunion, 'zunion 02 a b'), ['2 ', '3 '])
  })

  it('are the first half behind STREAMS', () => {
    const xread = defineCommand({
      name: 'XREAD',
      group: 'stream',
      syntax: '[COUNT count:int] STREAMS (key+ id+)',
      keys: 'RO access',
    })
    const both = ['4 RO access', '5 RO access']
    assert.deepEqual(find(xread, 'xread count 1 Streams a b 0 0'), both)
    assert.deepEqual(find(xread, 'xread count 1 a'), [])
  })

  it('follow the options of SET, SORT and MIGRATE', () => {
    const set = commandWith('SET', setKeys, 'RW access update variable_flags')
    assert.deepEqual(find(set, 'set k v'), ['1 OW update'])
    assert.deepEqual(find(set, 'set k v nx get'), ['1 RW access update'])
    const sort = commandWith('SORT', sortKeys, 'RO access incomplete')
    assert.deepEqual(find(sort, 'sort k by store store d'), ['1 RO access', '5 OW update'])
    const migrate = commandWith('MIGRATE', migrateKeys, 'RW access delete incomplete')
    const flags = 'RW access delete'
    assert.deepEqual(find(migrate, 'migrate h 1 k 0 9 copy'), [`3 ${flags}`])
    assert.deepEqual(find(migrate, 'migrate h 1 "" 0 9 keys a b'), [`7 ${flags}`, `8 ${flags}`])
    assert.deepEqual(find(migrate, 'migrate h 1 k 0 9 keys a b'), [])
  })

  it('do not include shard channels, which decide the slot all the same', () => {
    const spublish = defineCommand({
      name: 'SPUBLISH',
      group: 'pubsub',
      syntax: 'shardchannel:slot message',
      keys: 'not_key',
    })
    assert.equal(hasKeys(spublish), false)
    assert.deepEqual(find(spublish, 'spublish c m'), [])
    const slots = new KeyList()
    assert.ok(findSlots(spublish, wordsOf('spublish c m'), 0, slots))
    assert.equal(slots.positions[0], 1)
  })

  it('may be more than a list has room for at first', () => {
    const del = defineCommand({ name: 'DEL', group: 'generic', syntax: 'key+', keys: 'RM delete' })
    assert.equal(find(del, `del${' k'.repeat(100)}`).length, 100)
  })
})

describe('the number of words of a call', () => {
  it('is exact or at least the arity', () => {
    assert.deepEqual(
      [3, 4, 5, 6].map((count) => fitsArity(hset, count)),
      [false, true, true, true],
    )
    const get = defineCommand({ name: 'GET', group: 'string', syntax: 'key', keys: 'RO access' })
    assert.deepEqual(
      [1, 2, 3].map((count) => fitsArity(get, count)),
      [false, true, false],
    )
  })
})

function commandWith(name: string, keysOf: typeof setKeys, keys: string): Command {
  return defineCommand({ name, group: 'generic', syntax: 'key arg*', keys, keysOf })
}

function find(command: Command, call: string, start = 0): string[] {
  const keys = new KeyList()
  findKeys(command, wordsOf(call), start, keys)
  return Array.from(keys.positions.subarray(0, keys.count), (position, i) => {
    return `${position} ${keyFlagNames(keys.flags[i]!).join(' ')}`
  })
}

/** The words of a line; "" is an empty one. */
function wordsOf(line: string): Words {
  const words = new Words()
  words.bytes = Buffer.from(line, 'latin1')
  let at = 0
  for (const word of line.split(' ')) {
    words.add(at, word === '""' ? at : at + word.length)
    at += word.length + 1
  }
  return words
}
