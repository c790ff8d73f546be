// debug.test.ts: what DEBUG does that a transcript cannot show.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Stage } from '#test/support/stage.js'

function open(permission = 'yes', address = '127.0.0.1:5000') {
  const config = [`enable-debug-command ${permission}`]
  const log: string[] = []
  const host = { log: (level: string, text: string) => log.push(`${level} ${text}`) }
  const stage = new Stage({ now: 1_700_000_000_000, config, host })
  const { engine, clock } = stage
  const client = stage.open({ address })
  const call = (line: string) => client.send(line)
  return { engine, session: client.session, clock, log, call }
}

test('DEBUG is for those whom enable-debug-command allows it', () => {
  const refusal = /^-ERR DEBUG command not allowed\. If the enable-debug-command option/
  assert.match(open('no').call('DEBUG SLEEP 0'), refusal)
  assert.match(open('local', '10.0.0.1:5000').call('DEBUG SLEEP 0'), refusal)
  assert.equal(open('local').call('DEBUG SLEEP 0'), '+OK\r\n')
  assert.equal(open('local', '/tmp/s:0').call('DEBUG SLEEP 0'), '+OK\r\n')
})

test('what is not allowed fails the transaction at once', () => {
  const { call } = open('no')
  call('MULTI')
  assert.match(call('DEBUG SLEEP 0'), /^-ERR DEBUG command not allowed/)
  assert.match(call('EXEC'), /^-EXECABORT/)
})

test('SLEEP takes time', () => {
  const { call, clock } = open()
  call('DEBUG SLEEP 1.5')
  assert.equal(clock.ms, 1_700_000_001_500)
})

test('keys that nobody asks for expire unless that is switched off', () => {
  for (const [off, on] of [
    ['SET-ACTIVE-EXPIRE 0', 'SET-ACTIVE-EXPIRE 1'],
    ['PAUSE-CRON 1', 'PAUSE-CRON 0'],
  ]) {
    const { call, clock, engine } = open()
    call('SET k v PX 10')
    call(`DEBUG ${off}`)
    clock.ms += 1000
    for (let i = 0; i < 5; i++) engine.tick()
    assert.equal(call('DBSIZE'), ':1\r\n', off)
    call(`DEBUG ${on}`)
    for (let i = 0; i < 5; i++) engine.tick()
    assert.equal(call('DBSIZE'), ':0\r\n', on)
  }
})

test('tables keep their size when they are told to', () => {
  const { call, engine } = open()
  call('DEBUG DICT-RESIZING 0')
  call('DEBUG POPULATE 100')
  assert.match(call('DEBUG HTSTATS 0'), /table size: 4\n number of elements: 100/)
  call('DEBUG DICT-RESIZING 1')
  call('DEBUG POPULATE 300')
  assert.ok(engine.databases[0]!.dict.size > 100)
})

test('OBJECT tells form, saved length and use', () => {
  const { call, clock } = open()
  call('SET k aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa')
  clock.ms += 3000
  const reply = call('DEBUG OBJECT k')
  assert.match(reply, /^\+Value at:0x[0-9a-f]+ refcount:1 encoding:embstr serializedlength:\d+ /)
  assert.match(reply, / lru:\d+ lru_seconds_idle:3\r\n$/)
})

test('attributes stand before a reply, pushes behind it', () => {
  const { call, session } = open()
  assert.equal(call('DEBUG PROTOCOL push'), '-ERR RESP2 is not supported by this command\r\n')
  const behind = '$39\r\nSome real reply following the attribute\r\n'
  assert.equal(call('DEBUG PROTOCOL attrib'), behind)
  session.protocol = 3
  assert.equal(
    call('DEBUG PROTOCOL attrib'),
    `|1\r\n$14\r\nkey-popularity\r\n*2\r\n$7\r\nkey:123\r\n:90\r\n${behind}`,
  )
  assert.equal(
    call('DEBUG PROTOCOL push'),
    '$40\r\nSome real reply following the push reply\r\n>2\r\n$16\r\nserver-cpu-usage\r\n:42\r\n',
  )
})

test('the history of the data gets another name', () => {
  const { call, engine, log } = open()
  const before = engine.replicationId
  call('DEBUG CHANGE-REPL-ID')
  assert.match(engine.replicationId, /^[0-9a-f]{40}$/)
  assert.notEqual(engine.replicationId, before)
  assert.match(log.join(), /Changing replication IDs/)
})

test('messages reach the log', () => {
  const { call, log } = open()
  call('DEBUG LOG "gr\xc3\xbc\xc3\x9fe"')
  assert.deepEqual(log, ['warning DEBUG LOG: grüße'])
})

test('every directive can be written to the file', () => {
  const { call, engine } = open()
  assert.match(call('DEBUG CONFIG-REWRITE-FORCE-ALL'), /^-ERR CONFIG-REWRITE-FORCE-ALL failed: /)
  let text = '# mine\nhz 20\n'
  engine.config.file = {
    read: () => text,
    replace(replacement) {
      text = replacement
    },
  }
  assert.equal(call('DEBUG CONFIG-REWRITE-FORCE-ALL'), '+OK\r\n')
  assert.match(text, /^# mine\nhz 10\n/)
  assert.match(text, /\nmaxclients 10000\n/)
  assert.match(text, /\ntimeout 0\n/)
})

test('a crash is logged and reaches the host as an exception', () => {
  for (const [name, text] of [
    ['SEGFAULT', 'crashed by signal'],
    ['ASSERT', 'ASSERTION FAILED'],
    ['PANIC', 'DEBUG PANIC called at Unix time 1700000000'],
  ] as const) {
    const { call, log } = open()
    assert.throws(() => call(`DEBUG ${name}`), /the engine failed at "DEBUG"/)
    assert.ok(log.join().includes(text), name)
  }
})
