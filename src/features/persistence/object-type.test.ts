// object-type.test.ts: a type whose values are objects of its author, in everything the engine does
// with values: an ordered list of notes, and a second type to be confused with it.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { MemoryStorage, open } from '#test/support/storage.js'
import { latin1, Span } from '../../bytes/memory/span.ts'
import { defineCommand } from '../../engine/command/command.ts'
import { MODULE } from '../../engine/contract/events.ts'
import { defineModule, type ModuleAux } from '../../engine/contract/module.ts'
import { defineObjectType, type ObjectType } from '../../engine/contract/object-type.ts'
import type { Context } from '../../engine/dispatch/context.ts'
import { moduleId, moduleName, moduleVersion } from '../../formats/rdb/module-id.ts'
import { loadData } from './load.ts'

type Notes = { words: string[]; sum: bigint; mean: number }

/** Values that were freed. */
const freed: Notes[] = []

function notesType(name: string, version = 1): ObjectType<Notes> {
  return defineObjectType<Notes>({
    name,
    version,
    save({ words, sum, mean }, to) {
      to.writeUnsigned(words.length)
      for (const word of words) to.writeString(word)
      to.writeSigned(sum)
      to.writeFloat(0.5)
      to.writeDouble(mean)
    },
    load(from, written) {
      if (written > version) return undefined
      const count = from.readUnsigned()
      if (count > from.remaining) from.fail('so many words cannot follow')
      const words = Array.from({ length: count }, () => from.readText())
      const sum = from.readSigned64()
      if (from.readFloat() !== 0.5) throw new Error('no half')
      return { words, sum, mean: from.readDouble() }
    },
    bytes: ({ words }) => words.reduce((sum, word) => sum + word.length, 100),
    copy: ({ words, sum, mean }) => ({ words: [...words], sum, mean }),
    free: (value) => freed.push(value),
    digest: ({ words }, into) => {
      for (const word of words) into.add(word)
      into.endSequence()
    },
    encoding: ({ words }) => (words.length > 2 ? 'many' : 'few'),
    effort: ({ words }) => words.length,
    details: ({ words }) => ` words:${words.length}`,
  })
}

const notes = notesType('ex-notes1')
const others = notesType('ex-notes2')

function add(type: ObjectType<Notes>, name: string) {
  return defineCommand({
    name,
    group: 'generic',
    since: '1.0.0',
    summary: 'Adds a word.',
    complexity: 'O(1)',
    syntax: 'key word',
    keys: 'RW insert',
    flags: ['write'],
    run(ctx, args, reply) {
      const key = args.key(1)
      const word = args.text(2)
      const count = type.edit(
        ctx,
        key,
        (value) => {
          value.sum -= BigInt(word.length)
          value.mean = Number(value.sum) / 3
          return value.words.push(word)
        },
        () => ({ words: [], sum: 0n, mean: 0 }),
      )
      ctx.changed(MODULE, 'notes.add', key)
      reply.integer(count)
    },
  })
}

function look(name: string, run: (ctx: Context, value: Notes | null) => string) {
  return defineCommand({
    name,
    group: 'generic',
    since: '1.0.0',
    summary: 'Looks at a value.',
    complexity: 'O(1)',
    syntax: 'key',
    keys: 'RO access',
    flags: ['readonly'],
    run: (ctx, args, reply) => reply.simple(run(ctx, notes.read(ctx, args.key(1)))),
  })
}

const wait = defineCommand({
  name: 'NOTES.WAIT',
  group: 'generic',
  since: '1.0.0',
  summary: 'Waits for notes.',
  complexity: 'O(1)',
  syntax: 'key',
  keys: 'RO access',
  flags: ['readonly', 'blocking'],
  run(ctx, args, reply) {
    const value = notes.read(ctx, args.key(1))
    if (value !== null) return reply.simple(value.words.join(','))
    const timedOut = () => reply.nil()
    ctx.block({ keys: [args.key(1)], type: notes, timeoutMs: 0, timedOut })
  },
})

/** What the module keeps beside its values. */
const kept = { before: '', after: '' }

const aux: ModuleAux = {
  name: 'ex-notes1',
  version: 7,
  save(_engine, place, to) {
    if (kept[place] !== '') to.writeString(kept[place])
  },
  load(_engine, place, from, version) {
    kept[place] = `${from.readText()} ${version}`
  },
}

const module = defineModule({
  name: 'notes',
  types: [notes, others],
  aux: [aux],
  commands: [
    add(notes, 'NOTES.ADD'),
    add(others, 'OTHERS.ADD'),
    look('NOTES.GET', (_ctx, value) => JSON.stringify(value?.words ?? null)),
    look('NOTES.SUM', (_ctx, value) => `${value?.sum} ${value?.mean.toFixed(3)}`),
    wait,
  ],
})

function start(storage = new MemoryStorage()) {
  return open(storage, '', [module])
}

/** The payload of a DUMP, as RESTORE's argument on an inline line. */
function escaped(dump: string): string {
  const payload = dump.slice(dump.indexOf('\n') + 1, -2)
  return quoted(Buffer.from(payload, 'latin1'))
}

function quoted(bytes: Uint8Array): string {
  return `"${Array.from(bytes, (byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('')}"`
}

const WRONG = '-WRONGTYPE Operation against a key holding the wrong kind of value\r\n'

test('a value answers as those of native types do', () => {
  const { call } = start()
  assert.equal(call('NOTES.ADD a one'), ':1\r\n')
  assert.equal(call('NOTES.ADD a two'), ':2\r\n')
  assert.equal(call('TYPE a'), '+ex-notes1\r\n')
  assert.equal(call('OBJECT ENCODING a'), '$3\r\nfew\r\n')
  assert.match(call('DEBUG OBJECT a'), /encoding:few .* words:2\r/)
  assert.equal(call('SCAN 0 TYPE EX-Notes1'), '*2\r\n$1\r\n0\r\n*1\r\n$1\r\na\r\n')
  assert.equal(call('SCAN 0 TYPE ex-notes2'), '*2\r\n$1\r\n0\r\n*0\r\n')
  assert.equal(call('SCAN 0 TYPE module'), '*2\r\n$1\r\n0\r\n*0\r\n')
  assert.match(call('SORT a'), /^-WRONGTYPE/)
})

test('types are not taken for each other, nor for native ones', () => {
  const { call } = start()
  call('NOTES.ADD a one')
  call('OTHERS.ADD b one')
  call('SET s v')
  for (const line of ['GET a', 'LPUSH a x', 'OTHERS.ADD a x', 'NOTES.ADD b x', 'NOTES.GET b']) {
    assert.equal(call(line), WRONG, line)
  }
  assert.equal(call('NOTES.GET s'), WRONG)
  assert.equal(call('NOTES.ADD s x'), WRONG)
  assert.equal(call('SET a v'), '+OK\r\n')
  assert.equal(call('GET a'), '$1\r\nv\r\n')
})

test('a value goes through DUMP and RESTORE, COPY, RENAME, MOVE and SWAPDB', () => {
  const { call, engine } = start()
  for (const word of ['one', 'two', 'three']) call(`NOTES.ADD a ${word}`)
  const digest = call('DEBUG DIGEST-VALUE a')
  assert.notEqual(digest, `*1\r\n+${'0'.repeat(40)}\r\n`)
  assert.equal(call(`RESTORE b 0 ${escaped(call('DUMP a'))}`), '+OK\r\n')
  assert.equal(call('NOTES.GET b'), '+["one","two","three"]\r\n')
  assert.equal(call('NOTES.SUM b'), '+-11 -3.667\r\n')
  assert.equal(call('COPY a c DB 1'), ':1\r\n')
  call('NOTES.ADD a four')
  call('RENAME a d')
  assert.equal(call('MOVE d 2'), ':1\r\n')
  call('SWAPDB 1 2')
  call('SELECT 1')
  assert.equal(call('NOTES.GET d'), '+["one","two","three","four"]\r\n')
  call('SELECT 2')
  assert.equal(call('DEBUG DIGEST-VALUE c'), digest)
  for (const db of engine.databases) db.verify()
})

test('what is saved is loaded again, with what the module keeps beside', () => {
  const storage = new MemoryStorage()
  const one = start(storage)
  one.call('NOTES.ADD a one')
  one.call('NOTES.ADD b two')
  one.call('EXPIRE b 1000')
  one.call('SET s v')
  kept.before = 'hello'
  one.call('SAVE')
  const other = start(storage)
  assert.equal(loadData(other.engine, false), true)
  assert.equal(other.call('DEBUG DIGEST'), one.call('DEBUG DIGEST'))
  assert.equal(other.engine.dataMemory, one.engine.dataMemory)
  assert.deepEqual(kept, { before: 'hello 7', after: '' })
  kept.before = ''
  one.call('DEBUG RELOAD')
  assert.equal(one.call('DEBUG DIGEST'), other.call('DEBUG DIGEST'))
})

test('a file of an unknown module is refused', () => {
  const storage = new MemoryStorage()
  const one = start(storage)
  kept.after = 'x'
  one.call('SAVE')
  const without = open(storage)
  assert.equal(loadData(without.engine, false), false)
  assert.match(without.log.at(-1)!, /AUX module data I can't load: no matching module 'ex-notes1'$/)
  kept.after = ''
  one.call('NOTES.ADD a one')
  one.call('SAVE')
  const again = open(storage)
  assert.equal(loadData(again.engine, false), false)
  assert.match(again.log.at(-1)!, /module data I can't load: no matching module type 'ex-notes1'$/)
  const dump = escaped(one.call('DUMP a'))
  assert.match(again.call(`RESTORE a 0 ${dump}`), /^-ERR Bad data format/)
})

test('memory is in the books as long as a value is there', () => {
  const { call, engine } = start()
  const usage = () => Number(/:(\d+)/.exec(call('MEMORY USAGE a'))![1])
  call('SET warm up')
  call('DEL warm')
  const before = engine.dataMemory
  call('NOTES.ADD a x')
  const small = usage()
  const held = engine.dataMemory
  call(`NOTES.ADD a ${'x'.repeat(1000)}`)
  assert.equal(usage() - small, 1000)
  assert.equal(engine.dataMemory - held, 1000)
  call('COPY a b')
  call('COPY a c DB 3')
  call('SET b v')
  assert.equal(freed.length > 0, true)
  call('DEL a b')
  call('FLUSHALL')
  call('SET warm up')
  call('DEL warm')
  assert.equal(engine.dataMemory, before)
})

test('a value that goes, goes through its author', () => {
  const { call, engine } = start()
  for (let i = 0; i < 70; i++) call('NOTES.ADD a x')
  const lazy = engine.stats.lazyFreed
  freed.length = 0
  call('UNLINK a')
  assert.equal(engine.stats.lazyFreed, lazy + 1)
  assert.equal(freed.length, 1)
  call('NOTES.ADD a x')
  call('FLUSHDB')
  assert.equal(freed.length, 2)
})

test('somebody who waits for one type is not served by another', () => {
  const { call, stage } = start()
  const waiting = stage.open()
  waiting.send('NOTES.WAIT a')
  call('OTHERS.ADD a x')
  assert.equal(waiting.read(), '')
  call('DEL a')
  call('NOTES.ADD a x')
  assert.equal(waiting.read(), '+x\r\n')
})

test('damage is found: what is cut off, altered, of another kind or too much', () => {
  const { call, engine } = start()
  call('CONFIG SET loglevel verbose')
  for (const word of ['one', 'two', 'three']) call(`NOTES.ADD a ${word}`)
  call('DEBUG SET-SKIP-CHECKSUM-VALIDATION 1')
  const dump = call('DUMP a')
  const whole = Buffer.from(dump.slice(dump.indexOf('\n') + 1, -2), 'latin1')
  const footer = whole.subarray(-10)
  const body = whole.subarray(0, -10)
  const held = engine.dataMemory
  // As with the reference, what is cut off at the very end may be found in the footer.
  for (let length = 1; length < body.length - footer.length; length++) {
    const cut = Buffer.concat([body.subarray(0, length), footer])
    assert.match(call(`RESTORE b 0 ${quoted(cut)}`), /^-ERR Bad data format/, `cut at ${length}`)
  }
  for (let at = 0; at < body.length; at++) {
    for (const byte of [0, 1, 5, 0x81, 255]) {
      const altered = Buffer.from(whole)
      altered[at] = byte
      assert.match(call(`RESTORE b 0 ${quoted(altered)} REPLACE`), /^(\+OK|-ERR Bad data format)/)
    }
  }
  call('DEL b')
  assert.equal(engine.dataMemory, held)
})

test('what a type is called has nine letters, and each only once', () => {
  assert.throws(() => notesType('short'), /is not nine of/)
  assert.throws(() => notesType('ex-notes1', 1024), /version of ex-notes1 is not from 0 to 1023/)
  const twice = defineModule({ name: 'twice', types: [notesType('ex-notes1')] })
  assert.throws(() => open(null, '', [module, twice]), /type 'ex-notes1' exists already/)
  const id = moduleId('ReJSON-RL', 3)
  assert.deepEqual([moduleName(id), moduleVersion(id)], ['ReJSON-RL', 3])
})

test('put replaces whatever is there, and measures what is there already', () => {
  const { engine, call } = start()
  const value: Notes = { words: ['one'], sum: 0n, mean: 0 }
  call('SET a v EX 100')
  const { context } = engine
  const key = new Span(latin1('a'))
  notes.put(context, key, value)
  assert.equal(call('TTL a'), ':-1\r\n')
  const held = engine.dataMemory
  notes.read(context, key)!.words.push('twelve bytes')
  notes.put(context, key, value)
  assert.equal(engine.dataMemory - held, 12)
  assert.equal(call('NOTES.GET a'), '+["one","twelve bytes"]\r\n')
  assert.equal(notes.remove(context, key), true)
  assert.equal(notes.remove(context, key), false)
})
