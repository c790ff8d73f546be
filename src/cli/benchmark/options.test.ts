// options.test.ts: the command line, and that `--help` speaks of every flag.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { helpText } from './help.ts'
import { OptionError } from './option-values.ts'
import { parseOptions } from './options.ts'

test('without arguments it asks what redis-benchmark asks', () => {
  const { host, port, clients, requests, dataSize, pipeline, keyspace } = parseOptions([])
  assert.deepEqual(
    { host, port, clients, requests },
    {
      host: '127.0.0.1',
      port: 6379,
      clients: 50,
      requests: 100_000,
    },
  )
  assert.deepEqual(
    { dataSize, pipeline, keyspace },
    {
      dataSize: 3,
      pipeline: 1,
      keyspace: undefined,
    },
  )
})

test('flags set their options', () => {
  const options = parseOptions(
    '-h ::1 -p 7000 -a secret --user me -c 5 -n 10 -d 64 -P 16 -r 100 -k 0 -q -3'.split(' '),
  )
  assert.equal(options.host, '::1')
  assert.equal(options.port, 7000)
  assert.equal(options.password, 'secret')
  assert.equal(options.user, 'me')
  assert.equal(options.keyspace, 100)
  assert.equal(options.keepAlive, false)
  assert.ok(options.isQuiet && options.isResp3)
})

test('a URI sets host, port, login and database', () => {
  const options = parseOptions(['-u', 'redis://me:pw@example:7001/3'])
  const { host, port, user, password, database } = options
  assert.deepEqual([host, port, user, password, database], ['example', 7001, 'me', 'pw', 3])
})

test('numbers out of range are brought into it', () => {
  const options = parseOptions('-c 0 -n -5 -d 0 -P 0 --precision 9 -r -3'.split(' '))
  assert.equal(options.clients, 1)
  assert.equal(options.requests, 1)
  assert.equal(options.dataSize, 1)
  assert.equal(options.pipeline, 1)
  assert.equal(options.precision, 4)
  assert.equal(options.keyspace, 0)
})

test('the first word that is no flag begins a command', () => {
  const { command, requests } = parseOptions(['-n', '5', 'LPUSH', 'list', '-n', '7'])
  assert.deepEqual(command, ['LPUSH', 'list', '-n', '7'])
  assert.equal(requests, 5)
})

test('tests are named in any case, and not beside a command', () => {
  assert.deepEqual(parseOptions(['-t', 'SET,Get']).tests, ['set', 'get'])
  assert.equal(parseOptions(['-t', 'set', 'PING']).warnings.length, 1)
})

test('a wrong flag or a missing value is refused with the usage', () => {
  for (const argv of [['--nope'], ['-n'], ['-q', '-c'], ['-r', '-x'], ['--constructor']]) {
    assert.throws(() => parseOptions(argv), { name: 'OptionError', showsUsage: true })
  }
})

test('wrong values are refused with one line', () => {
  const wrong = [
    ['-p', '70000'],
    ['-u', 'http://x'],
    ['--driver', 'x'],
    ['--scale', '0'],
    ['--tls'],
    ['-u', 'rediss://x'],
  ]
  for (const argv of wrong) {
    assert.throws(
      () => parseOptions(argv),
      (error) => {
        return error instanceof OptionError && !error.showsUsage && !error.message.includes('\n')
      },
    )
  }
})

test('--against is repeatable and --help ends the reading', () => {
  const options = parseOptions(['--against', 'a', '--against', 'b=c', '--help', '--nope'])
  assert.deepEqual(options.against, ['a', 'b=c'])
  assert.equal(options.shows, 'help')
})

test('every flag that the help names is read', () => {
  const named = [...helpText.matchAll(/^ {2}(-[\w-]+)|, (--?\w+)/gm)].map(
    (match) => match[1] ?? match[2] ?? '',
  )
  assert.ok(named.length > 30)
  const values: Record<string, string> = { '--driver': 'own', '--scale': '1', '-u': 'redis://h' }
  for (const flag of named) {
    const isUnknown = { name: 'OptionError', showsUsage: true }
    assert.doesNotThrow(() => parseOptions([flag, values[flag] ?? '1']), isUnknown, flag)
  }
})
