// keys.test.ts: what commands for keys do besides replying: events, counts and effects. All figures
// were read off redis-server 8.2.3 with notify-keyspace-events AKEmnoc.

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Stage } from '#test/support/stage.js'

/** An engine whose time stands still, one conversation with it, and all that can be heard. */
class Keys {
  private readonly stage = new Stage()
  readonly engine = this.stage.engine

  constructor() {
    this.stage.hearEvents()
    this.stage.hearEffects()
    // Expired keys are to be there when a command comes by.
    this.engine.expiry.enabled = false
  }

  /** Sends a line of words without quotes; `$` stands for a payload of DUMP. */
  call(line: string): string {
    this.stage.events = []
    this.stage.takeEffects()
    return this.stage.call(...line.split(' ').map((word) => (word === '$' ? PAYLOAD : word)))
  }

  /** Events of the last call. */
  get events(): string[] {
    return this.stage.events
  }

  /** Its effects. */
  takeEffects(): string[] {
    return this.stage
      .takeEffectsIn()
      .map((effect) => effect.replace(PAYLOAD, '$').replace(' ', ': '))
  }

  /** A key whose time has come and that is still there. */
  expired(key: string): void {
    this.call(`SET ${key} v PX 1`)
    this.stage.clock.ms += 10
  }
}

const PAYLOAD = '\x00\x05hello\x0c\x00\xa8\x04\xeb\xb6\x9f\x1e\xbeC'

describe('events and changes', () => {
  const script = `
    SET k v          | 1 | 0:new=k 0:set=k
    SET k w          | 1 | 0:overwritten=k 0:set=k
    EXISTS k none    | 0 | 0:keymiss=none
    TYPE none        | 0 | 0:keymiss=none
    TTL none         | 0 | 0:keymiss=none
    TOUCH k none     | 0 | 0:keymiss=none
    OBJECT FREQ none | 0 |
    DUMP none        | 0 | 0:keymiss=none
    MEMORY USAGE none | 0 |
    KEYS *           | 0 |
    SCAN 0           | 0 |
    DEL none         | 0 |
    DEL k            | 1 | 0:del=k
    SET k v          | 1 | 0:new=k 0:set=k
    SET l v          | 1 | 0:new=l 0:set=l
    RENAME none x    | 0 |
    RENAME k k       | 0 |
    RENAME k l       | 1 | 0:new=l 0:rename_from=k 0:rename_to=l 0:overwritten=l
    RENAMENX l l     | 0 |
    RENAMENX l m     | 1 | 0:new=m 0:rename_from=l 0:rename_to=m
    SET k v          | 1 | 0:new=k 0:set=k
    RENAMENX k m     | 0 |
    COPY k m         | 0 |
    COPY k m REPLACE | 1 | 0:new=m 0:copy_to=m 0:overwritten=m
    COPY none m      | 0 | 0:keymiss=none
    COPY k q         | 1 | 0:new=q 0:copy_to=q
    COPY k q DB 1    | 1 | 1:new=q 1:copy_to=q
    COPY k q DB 1 REPLACE | 1 | 1:new=q 1:copy_to=q 1:overwritten=q
    MOVE k 1         | 1 | 1:new=k 0:move_from=k 1:move_to=k
    SET k v          | 1 | 0:new=k 0:set=k
    MOVE k 1         | 0 |
    MOVE none 1      | 0 |
    EXPIRE k 100     | 1 | 0:expire=k
    EXPIRE k 200 NX  | 0 |
    EXPIRE none 1    | 0 |
    PERSIST k        | 1 | 0:persist=k
    PERSIST k        | 0 |
    PERSIST none     | 0 |
    EXPIRE k -1      | 1 | 0:del=k
    SET k v          | 1 | 0:new=k 0:set=k
    UNLINK k none    | 1 | 0:del=k
    SWAPDB 0 1       | 1 |
    SWAPDB 1 1       | 1 |
    FLUSHDB          | 2 |
    FLUSHDB          | 0 |
    FLUSHALL         | 2 |
    FLUSHALL         | 0 |
    RESTORE n 0 $    | 1 | 0:new=n 0:restore=n
    RESTORE n 0 $    | 0 |
    RESTORE n 0 $ REPLACE | 1 | 0:new=n 0:restore=n 0:overwritten=n
    RESTORE n 1 $ ABSTTL REPLACE | 1 | 0:del=n
    RESTORE n 1 $ ABSTTL REPLACE | 0 |
    RESTORE n 1 $ ABSTTL | 0 |
    RESTORE n 100 $  | 1 | 0:new=n 0:restore=n`
  const rows = script
    .trim()
    .split('\n')
    .map((row) => row.split('|').map((cell) => cell.trim()))

  it('are those of the reference', () => {
    const stage = new Keys()
    for (const [command = '', changes, events] of rows) {
      const before = stage.engine.changes.dirty
      stage.call(command)
      assert.equal(stage.events.join(' '), events, command)
      assert.equal(stage.engine.changes.dirty - before, Number(changes), command)
    }
  })
})

describe('a key whose time has come', () => {
  const hit = 'hit'
  const miss = 'miss'
  const gone = '0:expired=x'
  const missed = '0:expired=x 0:keymiss=x'
  const script: readonly (readonly [command: string, events: string, count?: string])[] = [
    ['DEL x', gone],
    ['UNLINK x', gone],
    ['EXISTS x', missed, miss],
    ['TYPE x', missed, miss],
    ['TTL x', missed, miss],
    ['PERSIST x', gone],
    ['EXPIRE x 100', gone],
    ['TOUCH x', missed, miss],
    ['OBJECT ENCODING x', gone, miss],
    ['MEMORY USAGE x', ''],
    ['RENAME x y', gone],
    ['RENAME n x', `${gone} 0:new=x 0:rename_from=n 0:rename_to=x`],
    ['RENAMENX x n', gone],
    ['COPY x y', missed, miss],
    ['COPY n x', `${gone} 0:new=x 0:copy_to=x`, hit],
    ['MOVE x 1', gone],
    ['KEYS *', ''],
    ['SCAN 0', gone],
    ['SCAN 0 MATCH zz', gone],
    ['SCAN 0 TYPE list', gone],
    ['DUMP x', missed, miss],
    ['FLUSHDB', ''],
    ['SWAPDB 0 1', ''],
    ['RESTORE x 0 $', `${gone} 0:new=x 0:restore=x`],
    ['RESTORE x 0 $ REPLACE', `${gone} 0:new=x 0:restore=x`],
    ['RESTORE x 1 $ REPLACE ABSTTL', gone],
  ]

  for (const [command, events, count] of script) {
    it(`is met by ${command} as in the reference`, () => {
      const stage = new Keys()
      const { stats } = stage.engine
      stage.call('SET n v')
      stage.expired('x')
      const reply = stage.call(command)
      assert.equal(stage.events.join(' '), events, reply)
      assert.equal(stats.keyspaceHits, count === hit ? 1 : 0)
      assert.equal(stats.keyspaceMisses, count === miss ? 1 : 0)
      assert.equal(stats.expiredKeys, events.startsWith(gone) ? 1 : 0)
    })
  }

  it('is never picked by RANDOMKEY, and counted by DBSIZE until somebody comes by', () => {
    const stage = new Keys()
    for (let i = 0; i < 50; i++) stage.expired(`x${i}`)
    stage.call('SET alive v')
    assert.equal(stage.call('DBSIZE'), ':51\r\n')
    for (let i = 0; i < 50; i++) assert.equal(stage.call('RANDOMKEY'), '$5\r\nalive\r\n')
    stage.call('DEL alive')
    assert.equal(stage.call('RANDOMKEY'), '$-1\r\n')
    assert.equal(stage.call('DBSIZE'), ':0\r\n')
  })
})

describe('effects', () => {
  const absolute = Date.UTC(2030, 0, 1) + 100_000
  const effectsOf = (stage: Keys, command: string) => {
    stage.call(command)
    return stage.takeEffects().join(' ; ')
  }

  it('do not depend on the time', () => {
    const stage = new Keys()
    stage.call('SET k v')
    assert.equal(effectsOf(stage, 'EXPIRE k 100'), `0: PEXPIREAT k ${absolute}`)
    assert.equal(effectsOf(stage, 'PEXPIRE k 100000 XX'), `0: PEXPIREAT k ${absolute} XX`)
    assert.equal(effectsOf(stage, 'EXPIREAT k 33177117420'), '0: PEXPIREAT k 33177117420000')
    assert.equal(effectsOf(stage, 'EXPIRE k 1 NX'), '')
    const latest = 'PEXPIREAT k 9223372036854775807'
    assert.equal(effectsOf(stage, latest), `0: ${latest}`)
    assert.equal(effectsOf(stage, 'EXPIRE k -1'), '0: DEL k')
    const ttl = `0: RESTORE k ${absolute} $ REPLACE ABSTTL`
    assert.equal(effectsOf(stage, 'RESTORE k 100000 $ REPLACE'), ttl)
    assert.equal(effectsOf(stage, 'RESTORE l 0 $'), '0: RESTORE l 0 $')
    assert.equal(effectsOf(stage, 'RESTORE k 1 $ REPLACE ABSTTL'), '0: DEL k')
    assert.equal(effectsOf(stage, 'RESTORE k 1 $ REPLACE ABSTTL'), '')
  })

  it('are the command itself where that says it all', () => {
    const stage = new Keys()
    stage.call('SET a v')
    for (const command of ['COPY a b DB 1', 'RENAME a b', 'MOVE b 2', 'SWAPDB 0 2', 'DEL b c']) {
      assert.equal(effectsOf(stage, command), `0: ${command}`)
      assert.equal(effectsOf(stage, `TYPE a`), '')
    }
    assert.equal(effectsOf(stage, 'DEL b'), '')
  })

  it('tell of a flush even where nothing was', () => {
    const stage = new Keys()
    assert.equal(effectsOf(stage, 'FLUSHALL ASYNC'), '0: FLUSHALL ASYNC')
    stage.call('SET k v')
    assert.equal(effectsOf(stage, 'FLUSHDB'), '0: FLUSHDB')
  })

  it('tell of a key that expired before the command that met it', () => {
    const stage = new Keys()
    stage.expired('x')
    assert.equal(effectsOf(stage, 'GET x'), '0: DEL x')
    stage.expired('x')
    stage.call('SET n v')
    assert.equal(effectsOf(stage, 'RENAME n x'), '0: MULTI ; 0: DEL x ; 0: RENAME n x ; 0: EXEC')
    stage.expired('y')
    stage.expired('z')
    const each = effectsOf(stage, 'SCAN 0').split(' ; ').sort()
    assert.deepEqual(each, ['0: DEL y', '0: DEL z'], 'each by itself')
  })
})

describe('MEMORY', () => {
  it('accounts for a key exactly', () => {
    const stage = new Keys()
    stage.call(`SET k ${'v'.repeat(20_000)}`)
    const db = stage.engine.databases[0]!
    const used = db.arena.used
    assert.equal(stage.call('MEMORY USAGE k'), `:${used + 4}\r\n`)
    stage.call('EXPIRE k 100')
    assert.equal(stage.call('MEMORY USAGE k'), `:${db.arena.used + 8}\r\n`)
    stage.call('DEL k')
    stage.call(`SET ${'k'.repeat(5000)} v`)
    assert.equal(stage.call(`MEMORY USAGE ${'k'.repeat(5000)}`), `:${db.arena.used + 4}\r\n`)
  })

  it('gives pages back that hold nothing', () => {
    const stage = new Keys()
    const { arena } = stage.engine.databases[0]!
    for (let i = 0; i < 20_000; i++) stage.call(`SET key:${i} ${'v'.repeat(200)}`)
    const most = arena.reserved
    for (let i = 0; i < 20_000; i++) stage.call(`DEL key:${i}`)
    assert.equal(stage.call('MEMORY PURGE'), '+OK\r\n')
    assert.ok(arena.reserved <= 1 << 20 && most > 4 << 20)
  })

  it('has the names of the reference in STATS, and sums that add up', () => {
    const stage = new Keys()
    stage.call('SET k v EX 100')
    const lines = stage.call('MEMORY STATS').split('\r\n')
    assert.equal(lines[0], '*68')
    const figure = (name: string) => Number(lines[lines.indexOf(name) + 1]!.slice(1))
    const total = figure('total.allocated')
    assert.equal(figure('overhead.total') + figure('dataset.bytes'), total)
    assert.ok(figure('peak.allocated') >= total)
    assert.equal(figure('keys.count'), 1)
  })
})
