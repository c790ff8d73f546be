// configuration.test.ts: reading, setting and loading of directives, on the real table.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { core } from '../../core.ts'
import { Configuration } from '../../engine/config/configuration.ts'
import { refuse } from '../../engine/config/directive.ts'
import { addresses, bufferLimits, savePoints } from '../../engine/config/directive-specials.ts'
import { ConfigFault, type ConfigSources, loadConfiguration } from '../../engine/config/load.ts'
import { directivesOf } from './notes.ts'

const directives = directivesOf(core)

const noSources: ConfigSources = {
  include: () => '',
  rename: () => 'renamed',
}

function fresh(): Configuration {
  return new Configuration(directives)
}

function load(text: string, sources: Partial<ConfigSources> = {}) {
  const config = fresh()
  const fault = loadConfiguration(config, text, { ...noSources, ...sources })
  return { config, fault }
}

test('gives typed values that stay the same object', () => {
  const config = fresh()
  const maxclients = config.integer('maxclients')
  assert.equal(maxclients.value, 10000)
  assert.equal(config.set([['maxclients', '50']], false), undefined)
  assert.equal(maxclients.value, 50)
  assert.equal(config.flag('protected-mode').value, true)
  assert.equal(config.string('loglevel').value, 'notice')
  assert.deepEqual(config.of('bind', addresses).value, ['*', '-::*'])
  assert.equal(config.of('client-output-buffer-limit', bufferLimits).value.replica.softSeconds, 60)
  assert.throws(() => config.flag('maxclients'), /maxclients/)
  assert.throws(() => config.of('bind', savePoints), /bind/)
})

test('finds by name in any case, by old name and by pattern, each once', () => {
  const config = fresh()
  assert.deepEqual(config.get(['PORT', 'port', 'por?']), [['PORT', '6379']])
  assert.deepEqual(config.get(['slave-priority']), [['slave-priority', '100']])
  assert.deepEqual(config.get(['*-priority', 'replica-priority']), [
    ['replica-priority', '100'],
    ['slave-priority', '100'],
  ])
  assert.deepEqual(config.get(['REPLICA-PRIO*']), [['replica-priority', '100']])
  assert.deepEqual(config.get(['no-such-thing', 'nope*']), [])
})

test('shows hidden directives to those who know the name', () => {
  const config = fresh()
  assert.deepEqual(config.get(['watchdog-period']), [['watchdog-period', '0']])
  assert.deepEqual(config.get(['watchdog-perio?']), [])
})

test('sets all values or none', () => {
  const config = fresh()
  const fault = config.set(
    [
      ['maxmemory', '5mb'],
      ['timeout', 'x'],
    ],
    false,
  )
  assert.deepEqual(fault, {
    unknown: undefined,
    name: 'timeout',
    reason: "argument couldn't be parsed into an integer",
  })
  assert.equal(config.integer('maxmemory').value, 0)
  assert.equal(
    config.set(
      [
        ['maxmemory', '5mb'],
        ['timeout', '7'],
      ],
      false,
    ),
    undefined,
  )
  assert.deepEqual(config.get(['maxmemory', 'timeout']), [
    ['maxmemory', '5242880'],
    ['timeout', '7'],
  ])
})

test('refuses unknown, immutable, protected and doubled names in the order they stand', () => {
  const config = fresh()
  const reasons = (...pairs: [string, string][]) => {
    const { unknown, name, reason } = config.set(pairs, false)!
    return [unknown, name, reason]
  }
  assert.deepEqual(reasons(['nosuch', '1'], ['databases', '2']), ['nosuch', '', ''])
  assert.deepEqual(reasons(['Databases', '2'], ['nosuch', '1']), [
    undefined,
    'Databases',
    "can't set immutable config",
  ])
  assert.deepEqual(reasons(['dir', '/tmp']), [undefined, 'dir', "can't set protected config"])
  assert.deepEqual(reasons(['timeout', '5'], ['TIMEOUT', 'x']), [
    undefined,
    'TIMEOUT',
    'duplicate parameter',
  ])
  assert.equal(config.set([['dbfilename', 'x.rdb']], true), undefined)
  // The two names of one directive are no duplicate: the later one wins.
  assert.equal(
    config.set(
      [
        ['slave-priority', '1'],
        ['replica-priority', '2'],
      ],
      false,
    ),
    undefined,
  )
  assert.equal(config.integer('replica-priority').value, 2)
})

test('a hook that refuses brings every value back and is told so', () => {
  const config = fresh()
  const heard: string[] = []
  config.onChange<number>('maxclients', ({ value }) => {
    heard.push(`maxclients ${value}`)
  })
  config.onChange<number>('port', ({ value }) => {
    heard.push(`port ${value}`)
    if (value === 7000) throw 'Unable to listen on this port. Check server logs.'
    if (value === 7001) refuse('taken')
  })
  const fault = config.set(
    [
      ['maxclients', '5'],
      ['port', '7000'],
    ],
    false,
  )
  assert.deepEqual(
    [fault!.name, fault!.reason],
    ['port', 'Unable to listen on this port. Check server logs.'],
  )
  assert.deepEqual(heard, ['maxclients 5', 'port 7000', 'maxclients 10000', 'port 6379'])
  assert.deepEqual(config.get(['maxclients', 'port']), [
    ['maxclients', '10000'],
    ['port', '6379'],
  ])
  assert.equal(config.set([['port', '7001']], false)!.reason, 'taken')
})

test('a hook runs once for several settings and not for a value that stays', () => {
  const config = fresh()
  let calls = 0
  const hook = () => {
    calls++
  }
  config.onChange('hz', hook)
  config.onChange('timeout', hook)
  config.set(
    [
      ['hz', '20'],
      ['timeout', '5'],
    ],
    false,
  )
  assert.equal(calls, 1)
  config.set([['hz', '20']], false)
  assert.equal(calls, 1)
})

test('a follower hears the present value and each later one', () => {
  const config = fresh()
  const heard: number[] = []
  config.follow<number>('hz', ({ value }) => {
    heard.push(value)
  })
  config.set([['hz', '1000']], false)
  assert.deepEqual(heard, [10, 500])
})

test('a hook may correct the value', () => {
  const config = fresh()
  config.onChange('dir', () => config.amend('dir', '/full/path'))
  assert.equal(config.set([['dir', '.']], true), undefined)
  assert.deepEqual(config.get(['dir']), [['dir', '/full/path']])
})

test('keeps integers that no double holds', () => {
  const config = fresh()
  config.set([['maxmemory', '9223372036854775807']], false)
  assert.deepEqual(config.get(['maxmemory']), [['maxmemory', '9223372036854775807']])
})

test('loads lines, immutable directives and old names included', () => {
  const { config, fault } = load(
    'databases 4\nslave-priority 7\nhash-max-ziplist-entries 9\nrequirepass "a b"\n' +
      'list-max-ziplist-entries 5\nio-threads-do-reads yes\nbind 127.0.0.1 ::1\n' +
      'client-output-buffer-limit "slave 1mb 2mb 3"\nsave ""\n',
  )
  assert.equal(fault, undefined)
  assert.equal(config.integer('databases').value, 4)
  assert.equal(config.integer('replica-priority').value, 7)
  assert.equal(config.integer('hash-max-listpack-entries').value, 9)
  assert.equal(config.string('requirepass').value, 'a b')
  assert.deepEqual(config.of('bind', addresses).value, ['127.0.0.1', '::1'])
  const { replica } = config.of('client-output-buffer-limit', bufferLimits).value
  assert.deepEqual(replica, { hardBytes: 1048576, softBytes: 2097152, softSeconds: 3 })
})

test('names the first bad line as redis-server does', () => {
  const cases: [line: string, reason: string][] = [
    ['port', 'wrong number of arguments'],
    ['port 1 2', 'wrong number of arguments'],
    ['port abc', "argument couldn't be parsed into an integer"],
    ['databases 0', 'argument must be between 1 and 2147483647 inclusive'],
    ['unixsocketperm 999', "argument couldn't be parsed as an octal number"],
    ['unixsocketperm 1000', 'argument must be between 0 and 777 inclusive'],
    ['unixsocketperm -1', 'argument must be greater or equal to 0'],
    ['socket-mark-id -1', 'argument must be greater or equal to 0'],
    ['replicaof x', 'wrong number of arguments'],
    ['replicaof h 99999', 'Invalid master port'],
    ['save 900 "1 300"', 'Invalid save parameters'],
    ['foo', 'Bad directive or wrong number of arguments'],
    ['foo bar', 'Bad directive or wrong number of arguments'],
    ['include', 'Bad directive or wrong number of arguments'],
    ['loadmodule', 'Bad directive or wrong number of arguments'],
    ['io-threads-do-reads', 'Bad directive or wrong number of arguments'],
    ['requirepass "a', 'Unbalanced quotes in configuration line'],
    ['sentinel x y', 'sentinel directive while not in sentinel mode'],
    ['appendfilename ""', "appendfilename can't be empty"],
    ['enable-debug-command maybe', 'argument(s) must be one of the following: no, yes, local'],
  ]
  for (const [line, reason] of cases) {
    const { fault } = load(`# first\n${line}\nport x\n`)
    assert.equal(
      fault?.text,
      '\n*** FATAL CONFIG FILE ERROR (Redis 8.2.3) ***\n' +
        `Reading the configuration file, at line 2\n>>> '${line}'\n${reason}\n`,
    )
  }
})

test('a fault may have no line', () => {
  assert.equal(
    new ConfigFault("Can't open the log file: No such file or directory").text,
    '\n*** FATAL CONFIG FILE ERROR (Redis 8.2.3) ***\n' +
      "Can't open the log file: No such file or directory\n",
  )
})

test('refuses what would lose data or safety, unless a later line takes it back', () => {
  const refused = [
    'appendonly yes',
    'save 900 1',
    'replicaof 127.0.0.1 6379',
    'cluster-enabled yes',
    'tls-port 6380',
    'aclfile users.acl',
    'min-replicas-to-write 1',
    'loadmodule /x.so',
    'user alice on nopass ~* +@all',
    'user default on ~* &* +@all',
    'sentinel',
  ]
  for (const line of refused) {
    const { fault } = load(`${line}\n`)
    assert.equal(fault?.line, 1, line)
    assert.match(fault.reason, /not available yet|only a server|no sentinel|foreground/, line)
  }
  assert.equal(load('save 900 1\nappendonly yes\nsave ""\nappendonly no\n').fault, undefined)
  assert.equal(load('replicaof h 1\nreplicaof no one\n').fault, undefined)
  assert.equal(load('user default on nopass sanitize-payload ~* &* +@all\n').fault, undefined)
})

test('refuses the same by CONFIG SET', () => {
  const config = fresh()
  for (const pair of [
    ['appendonly', 'yes'],
    ['save', '900 1'],
    ['tls-port', '1'],
  ] as const) {
    assert.match(config.set([pair], false)!.reason, /not available yet/)
  }
  assert.equal(
    config.set(
      [
        ['save', ''],
        ['appendonly', 'no'],
      ],
      false,
    ),
    undefined,
  )
})

test('reads included files in place and ends a circle of them', () => {
  const files = new Map([
    ['a.conf', 'port 1\ninclude b.conf\n'],
    ['b.conf', 'timeout 5\n\nport x\n'],
    ['loop.conf', 'include loop.conf\n'],
    ['none*', ''],
  ])
  const include = (pattern: string) => {
    const text = files.get(pattern)
    if (text === undefined) throw new Error(`Fatal error, can't open config file '${pattern}'`)
    return text
  }
  const { config, fault } = load('hz 20\ninclude a.conf\n', { include })
  assert.equal(fault?.line, 3)
  assert.equal(fault.reason, "argument couldn't be parsed into an integer")
  assert.deepEqual(config.get(['port', 'timeout']), [
    ['port', '1'],
    ['timeout', '5'],
  ])
  assert.equal(load('include none*\n', { include }).fault, undefined)
  assert.match(load('include gone.conf\n', { include }).fault!.reason, /can't open.*'gone.conf'/)
  assert.match(load('include loop.conf\n', { include }).fault!.reason, /nested deeper/)
})

test('asks the command table about renames', () => {
  const asked: string[] = []
  const rename = (from: string, to: string) => {
    asked.push(`${from} ${to}`)
    return from === 'nosuch' ? 'unknown' : to === 'set' ? 'taken' : 'renamed'
  }
  assert.equal(
    load('rename-command FLUSHALL ""\nrename-command get x\n', { rename }).fault,
    undefined,
  )
  assert.deepEqual(asked, ['FLUSHALL ', 'get x'])
  const reason = (line: string) => load(line, { rename }).fault!.reason
  assert.equal(reason('rename-command nosuch x'), 'No such command in rename-command')
  assert.equal(reason('rename-command get set'), 'Target command name already exists')
})

test('moves to a directory while it loads', () => {
  const config = fresh()
  const moves: string[] = []
  config.onChange<string>('dir', ({ value }) => {
    if (value === '/nosuch') throw 'No such file or directory'
    moves.push(value)
  })
  const fault = loadConfiguration(config, 'dir /tmp\ndir /nosuch\n', noSources)
  assert.deepEqual(moves, ['/tmp'])
  assert.equal(fault?.reason, 'No such file or directory')
})

test('raises the least backlog where it is set, and keeps what a file says', () => {
  const { config } = load('repl-backlog-size 1k\n')
  assert.deepEqual(config.get(['repl-backlog-size']), [['repl-backlog-size', '1000']])
  assert.equal(config.set([['repl-backlog-size', '2k']], false), undefined)
  assert.deepEqual(config.get(['repl-backlog-size']), [['repl-backlog-size', '16384']])
})
