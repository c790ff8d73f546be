// shell.test.ts: the shell beside redis-cli: the same command lines against the same server must
// give the same standard output, the same complaints and the same exit code.

import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { encodeCommand, Link } from '../../node/net/link.ts'

interface Run {
  stdout: string
  stderr: string
  code: number | null
}

interface Case {
  title: string
  args: string[]
  input?: string | Buffer
  env?: Record<string, string>
  /** Commands that prepare the server, which is empty otherwise. */
  setup?: string[][]
  /** Standard error is not compared: redis-cli 7.0 is silent there, or words it differently. */
  ignoreErrors?: boolean
}

const index = new URL('./index.js', import.meta.url).href
const launcher = `import { shell } from '${index}'
process.exitCode = await shell(process.argv.slice(1))`

const redisCli = findProgram('redis-cli')
const redisServer = findServer()
const missing =
  redisCli === undefined
    ? 'redis-cli is not installed'
    : redisServer === undefined && 'no redis-server is installed'

function findProgram(name: string): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(':')
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path))
}

function findServer(): string | undefined {
  const places = [process.env['REDIS_8'], '.references/redis-8/redis-server-8']
  return places.find((path) => path && existsSync(path)) ?? findProgram('redis-server')
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })
}

function run(program: string, args: string[], given: Partial<Case>): Promise<Run> {
  const { REDISCLI_AUTH: _, NO_COLOR: __, ...inherited } = process.env
  const child = spawn(program, args, { env: { ...inherited, ...given.env } })
  const result: Run = { stdout: '', stderr: '', code: null }
  child.stdout.setEncoding('latin1').on('data', (text: string) => {
    result.stdout += text
  })
  child.stderr.setEncoding('latin1').on('data', (text: string) => {
    result.stderr += text
  })
  // A program that ends without reading its input closes the pipe.
  child.stdin.on('error', () => {})
  child.stdin.end(given.input ?? '')
  return new Promise((resolve) => child.on('close', (code) => resolve({ ...result, code })))
}

function ours(args: string[], given: Partial<Case> = {}): Promise<Run> {
  return run(process.execPath, ['--input-type=module', '-e', launcher, '--', ...args], given)
}

/** Replies of every type that servers of all versions give. */
const formatScript = `
SET string "caf\\xc3\\xa9 \\"quoted\\" \\a\\b\\n\\r\\t\\\\ \\x00\\x7f\\xff"
GET string
GET missing
INCR counter
PING
NOSUCHCOMMAND
RPUSH list a b c d e f g h i j k
LRANGE list 0 -1
LRANGE missing 0 -1
HSET hash field value number 12
HGETALL hash
HGETALL missing
SADD set one
SMEMBERS set
SMEMBERS missing
ZADD zset 1.5 one 1e30 big inf endless
ZSCORE zset one
ZSCORE zset endless
ZRANGE zset 0 -1 WITHSCORES
ZPOPMIN missing
MGET string missing list
XADD stream 1-1 f v
XADD stream 2-1 g w
XRANGE stream - +
XREAD STREAMS stream 0
DEBUG PROTOCOL string
DEBUG PROTOCOL integer
DEBUG PROTOCOL double
DEBUG PROTOCOL null
DEBUG PROTOCOL array
DEBUG PROTOCOL set
DEBUG PROTOCOL map
DEBUG PROTOCOL verbatim
DEBUG PROTOCOL true
DEBUG PROTOCOL false
MULTI
PING
LRANGE list 0 1
INCR string
HGETALL hash
EXEC
LOLWUT VERSION 999
MEMORY DOCTOR
EVAL "return {1,{2,{3,{},'x'}},{err='boom'},{ok='fine'}}" 0
COMMAND INFO get
CONFIG GET maxclients
OBJECT FREQ missing
`

const formats = [
  [],
  ['--no-raw'],
  ['--raw'],
  ['--csv'],
  ['--json'],
  ['--quoted-json'],
  ['-3'],
  ['-3', '--no-raw'],
  ['-3', '--csv'],
  ['-2', '--json'],
  ['-2', '--quoted-json'],
  ['-d', '; ', '-D', '|\n', '--raw'],
  ['-3', '-d', '', '-D', ''],
]

const arguments_: Case[] = [
  { title: 'a command', args: ['SET', 'k', 'v'] },
  { title: 'an empty argument', args: ['SET', 'k', ''] },
  { title: 'UTF-8 arguments', args: ['--no-raw', 'ECHO', 'naïve ☃'] },
  { title: 'an error without -e', args: ['INCR', 'k'], setup: [['SET', 'k', 'x']] },
  { title: 'an error with -e', args: ['-e', 'INCR', 'k'], setup: [['SET', 'k', 'x']] },
  { title: 'success with -e', args: ['-e', 'PING'] },
  { title: 'an unknown command with --no-raw', args: ['--no-raw', 'FOO', 'bar'] },
  { title: 'a repeated command', args: ['-r', '5', 'INCR', 'k'] },
  { title: 'a repetition of nothing', args: ['-r', '0', 'INCR', 'k'] },
  { title: 'a repetition that is no number', args: ['-r', 'x', 'INCR', 'k'] },
  { title: 'a repetition with a pause', args: ['-r', '3', '-i', '0.05', 'INCR', 'k'] },
  { title: 'another database', args: ['-n', '3', 'CLIENT', 'NO-EVICT', 'on'] },
  { title: 'a database out of range', args: ['-n', '99', 'PING'] },
  { title: 'a database that is no number', args: ['-n', 'x', 'PING'] },
  { title: 'the last argument from stdin', args: ['-x', 'SET', 'k'], input: 'a\nb\n' },
  { title: 'empty stdin as last argument', args: ['-x', 'SET', 'k'], input: '' },
  { title: 'stdin alone as the command', args: ['-x', 'ECHO'], input: Buffer.from([0, 255]) },
  { title: 'a tag', args: ['-X', 'TAG', 'SET', 'TAG', 'v'], input: 'key' },
  { title: 'a tag that is missing', args: ['-X', 'TAG', 'SET', 'k', 'v'], input: 'key' },
  { title: 'quoted input', args: ['--quoted-input', 'ECHO', '"a\\x41\\n\\"b"'] },
  { title: 'quoted input in apostrophes', args: ['--quoted-input', 'ECHO', "'it\\'s\\n'"] },
  { title: 'quoted input of two words', args: ['--quoted-input', 'ECHO', 'a b'] },
  { title: 'quoted input left open', args: ['--quoted-input', 'ECHO', '"a'] },
  { title: 'an unknown flag', args: ['--nonsense', 'PING'] },
  { title: 'a flag without its value', args: ['-n'] },
  { title: '-x and -X together', args: ['-x', '-X', 'a', 'PING'] },
  { title: '-2 and -3 together', args: ['-2', '-3', 'PING'] },
  { title: 'a bad value of --show-pushes', args: ['--show-pushes', 'maybe', 'PING'] },
  { title: 'INFO in every format', args: ['--json', 'INFO', 'nosuchsection'] },
  { title: 'CLIENT INFO through --csv', args: ['--csv', 'CLIENT', 'LIST', 'ID', '0'] },
  { title: 'DUMP bytes', args: ['-D', '', '--raw', 'DUMP', 'k'], setup: [['SET', 'k', 'v']] },
  { title: 'an URL of another scheme', args: ['-u', 'http://localhost', 'PING'] },
  { title: 'an URL with a broken escape', args: ['-u', 'redis://a:%4@localhost', 'PING'] },
  { title: 'an URL with a wrong escape', args: ['-u', 'redis://a:%zz@localhost', 'PING'] },
  { title: 'nobody at the port', args: ['-p', '1', 'PING'] },
  { title: 'nobody at the port, interactively', args: ['-p', '1'], input: 'PING\nPING\n' },
  { title: 'nobody at the port, piping', args: ['-p', '1', '--pipe'], input: '' },
  { title: 'no such socket', args: ['-s', '/nonexistent/redis.sock', 'PING'] },
  { title: 'no such host', args: ['-h', 'nosuchhost.invalid', 'PING'], ignoreErrors: true },
  { title: 'SHUTDOWN refused', args: ['SHUTDOWN', 'NOSUCHOPTION'] },
]

const scripts: Case[] = [
  { title: 'quoting rules', args: [], input: quoting() },
  { title: 'an unfinished last line', args: ['--no-raw'], input: 'SET a 1\nGET a' },
  { title: 'quit in the middle', args: [], input: 'PING\nquit\nPING\n' },
  { title: 'EXIT in capitals', args: [], input: 'PING\nEXIT\nPING\n' },
  { title: 'counted commands', args: [], input: '3 INCR k\n0 PING\n-1 PING\n2\n+2 PING\n' },
  { title: 'an overlong count', args: [], input: '99999999999999999999 PING\n' },
  { title: 'preferences', args: [], input: ':set hints\n:set nonsense\n:get x\n:set\n' },
  { title: 'errors with -e do not end a script', args: ['-e'], input: 'FOO\nPING\n' },
  { title: 'selected databases', args: [], input: 'SELECT 2\nSET a 1\nSELECT 0\nGET a\n' },
  { title: 'a transaction', args: ['--no-raw'], input: 'MULTI\nSELECT 1\nPING\nDISCARD\nPING\n' },
  { title: 'HELLO between commands', args: ['--no-raw'], input: 'HELLO 3\nHGETALL x\nRESET\n' },
  { title: 'connect elsewhere and fail', args: [], input: 'connect 127.0.0.1 1\nPING\n' },
  { title: 'the restart of nothing', args: [], input: 'clear\nPING\n' },
  {
    title: 'a killed connection',
    args: [],
    input: 'CLIENT KILL TYPE normal SKIPME no\nPING\nPING\n',
  },
  { title: 'a line of white space', args: [], input: '   \n\t\nPING\n' },
  { title: 'a zero byte in a line', args: [], input: 'ECHO a\0b\n' },
]

function quoting(): string {
  return [
    'ECHO "a b"',
    "ECHO 'a b'",
    'ECHO "\\x41\\x4g\\n\\q"',
    "ECHO 'a\\'b\\n'",
    'ECHO "open',
    "ECHO 'open",
    'ECHO "closed"x',
    "ECHO 'closed'x",
    'ECHO a"b c"',
    'ECHO ""',
    "ECHO ''",
    'ECHO "back\\\\slash"',
    'ECHO \\x41',
    'ECHO "\\xff\\x00\\x01"',
    '"ECHO" \'a\'',
    'ECHO "ends with backslash\\"',
    'ECHO\ttab\vvertical',
  ].join('\n')
}

const login: Case[] = [
  { title: 'no password', args: ['PING'] },
  { title: 'no password, RESP3', args: ['-3', 'PING'] },
  { title: 'no password, JSON', args: ['--json', 'PING'] },
  { title: 'the right password', args: ['-a', 'secret', 'PING'] },
  { title: 'the right password by its other flag', args: ['--pass', 'secret', 'PING'] },
  { title: 'a wrong password', args: ['-a', 'wrong', 'PING'] },
  { title: 'a wrong password, unwarned', args: ['--no-auth-warning', '-a', 'wrong', 'PING'] },
  { title: 'a wrong password with -e', args: ['-e', '-a', 'wrong', 'PING'] },
  { title: 'a user', args: ['--user', 'default', '-a', 'secret', 'PING'] },
  { title: 'an unknown user', args: ['--user', 'nobody', '-a', 'secret', 'PING'] },
  { title: 'REDISCLI_AUTH', args: ['PING'], env: { REDISCLI_AUTH: 'secret' } },
  { title: 'REDISCLI_AUTH under -a', args: ['-a', 'secret', 'PING'], env: { REDISCLI_AUTH: 'x' } },
  { title: 'askpass', args: ['--askpass', 'PING'], input: 'secret\n', ignoreErrors: true },
  {
    title: 'a wrong password in a script',
    args: ['-a', 'wrong'],
    input: 'PING\nAUTH secret\nPING\n',
  },
  { title: 'a login within a script', args: ['-n', '2'], input: 'PING\nAUTH secret\nSET a 1\n' },
  { title: 'a wrong password, piping', args: ['-a', 'wrong', '--pipe'], input: '' },
]

function insertion(count: number): Buffer {
  const commands: Uint8Array[] = []
  for (let at = 0; at < count; at++) commands.push(encodeCommand(['SET', `key:${at}`, `${at}`]))
  return Buffer.concat(commands)
}

const pipes: Case[] = [
  { title: '10,000 commands', args: ['--pipe'], input: insertion(10_000) },
  { title: 'nothing', args: ['--pipe'], input: '' },
  { title: 'inline commands', args: ['--pipe'], input: 'SET a 1\r\nINCR a\r\nGET a\r\n' },
  { title: 'errors', args: ['--pipe'], input: 'SET a x\r\nINCR a\r\nFOO\r\nGET a\r\n' },
  { title: 'a broken request', args: ['--pipe'], input: '*1\r\n$x\r\n', ignoreErrors: true },
  { title: 'a request cut short', args: ['--pipe'], input: '*2\r\n$4\r\nECHO', ignoreErrors: true },
]

const folder = mkdtempSync(join(tmpdir(), 'shell-test-'))
const socket = join(folder, 'redis.sock')
let server: ChildProcess | undefined
let port = 0
let link: Link

before(async () => {
  if (missing) return
  port = await freePort()
  const args = ['--port', `${port}`, '--bind', '127.0.0.1', '--save', '', '--dir', folder]
  args.push('--enable-debug-command', 'yes', '--unixsocket', socket)
  server = spawn(redisServer!, args, { stdio: 'ignore' })
  link = await connect(100)
})

after(() => {
  if (!missing) link.close()
  server?.kill()
  rmSync(folder, { recursive: true, force: true })
})

async function connect(tries = 1): Promise<Link> {
  try {
    return await Link.connect({ host: '127.0.0.1', port })
  } catch (error) {
    if (tries === 1) throw error
    await pause(50)
    return await connect(tries - 1)
  }
}

/** Runs a case with redis-cli and with ours, each on an empty server. */
async function both(given: Case): Promise<Run[]> {
  const elsewhere = given.args.some((flag) => ['-p', '-s', '-u'].includes(flag))
  const args = elsewhere ? given.args : ['-p', `${port}`, ...given.args]
  const results: Run[] = []
  for (const side of [() => run(redisCli!, args, given), () => ours(args, given)]) {
    if (link.failure !== undefined) link = await connect()
    await link.call(['FLUSHALL'])
    for (const command of given.setup ?? []) await link.call(command)
    results.push(await side())
  }
  return results
}

/** What no two runs have in common, and what only redis-cli 7.0 says. */
function settled({ stdout, stderr, code }: Run, given: Partial<Case>): Run {
  const text = stdout
    .replace(/("id" => \(integer\)) \d+/g, '$1 N')
    .replace(/^\d+\.\d+ \[.*?\]/gm, '[time]')
    .replace(/^Reading messages.*\n/, '')
  return { stdout: text, stderr: given.ignoreErrors ? '' : stderr, code }
}

async function compare(given: Partial<Case>): Promise<void> {
  const [expected, actual] = await both({ title: '', args: [], ...given })
  assert.deepEqual(settled(actual!, given), settled(expected!, given))
}

function alike(title: string, check: () => Promise<void>): void {
  test(title, { skip: missing }, check)
}

for (const args of formats) {
  const flags = args.join(' ') || 'no flags'
  alike(`formats every kind of reply as redis-cli does: ${flags}`, () =>
    compare({ args, input: formatScript }),
  )
}

for (const [kind, cases] of Object.entries({ arguments: arguments_, scripts, pipes })) {
  for (const given of cases) {
    alike(`does ${kind} as redis-cli does: ${given.title}`, () => compare(given))
  }
}

for (const given of login) {
  alike(`logs in as redis-cli does: ${given.title}`, async () => {
    await withPassword(() => compare(given))
  })
}

alike('takes user and password from a URL', async () => {
  for (const user of ['default:secret', 'secret', 'nobody:secret', 'default:s%65cret']) {
    const args = ['-u', `redis://${user}@127.0.0.1:${port}`, 'PING']
    await withPassword(() => compare({ args }))
  }
})

async function withPassword(check: () => Promise<void>): Promise<void> {
  if (link.failure !== undefined) link = await connect()
  await link.call(['CONFIG', 'SET', 'requirepass', 'secret'])
  try {
    await check()
  } finally {
    await link.call(['CONFIG', 'SET', 'requirepass', ''])
  }
}

alike('takes a socket, and a URL with a database', async () => {
  await compare({ args: ['-s', socket, 'PING'] })
  await compare({ args: ['-u', `redis://127.0.0.1:${port}/5`, 'CLIENT', 'GETNAME'] })
  const { stdout } = await ours(['-u', `unix://${socket}?db=3`, 'CLIENT', 'INFO'])
  assert.match(stdout, / db=3 /)
})

alike('sends a script with keys and arguments', async () => {
  const file = join(folder, 'script.lua')
  writeFileSync(file, 'return {KEYS[1], ARGV[1], ARGV[2], #KEYS}')
  await compare({ args: ['--no-raw', '--eval', file, 'key', ',', 'one', 'two'] })
  await compare({ args: ['--eval', file, 'a', 'b'] })
  await compare({ args: ['--eval', `${file}.missing`] })
})

alike('shows invalidations, other pushes and none', async () => {
  const input = 'CLIENT TRACKING on\nGET k\nSET k 1\nPING\nGET k\nFLUSHALL\nPING\n'
  for (const flags of [['-3', '--no-raw'], ['-3', '--csv'], ['-3']]) {
    await compare({ args: [...flags, '--show-pushes', 'yes'], input })
    await compare({ args: [...flags, '--show-pushes', 'no'], input })
  }
})

alike('shows messages until the connection ends', async () => {
  const pattern = ['-3', '--no-raw', 'PSUBSCRIBE', 'a*']
  for (const words of [['SUBSCRIBE', 'a', 'b'], pattern, ['MONITOR']]) {
    const args = ['-p', `${port}`, ...words]
    const expected = await listen(run(redisCli!, args, {}), words.includes('MONITOR'))
    const actual = await listen(ours(args), words.includes('MONITOR'))
    assert.deepEqual(settled(actual, {}), settled(expected, {}))
  }
})

/** Waits until a client listens, gives it a message, and ends its connection. */
async function listen(running: Promise<Run>, monitor: boolean): Promise<Run> {
  for (let tries = 0; tries < 100; tries++) {
    const reply = await link.call(['CLIENT', 'LIST'])
    const text = 'bytes' in reply ? Buffer.from(reply.bytes).toString() : ''
    if (text.includes(monitor ? 'flags=O' : 'flags=P')) break
    await pause(20)
  }
  await link.call(['PUBLISH', 'a', 'message'])
  await pause(100)
  await link.call(['CLIENT', 'KILL', 'TYPE', monitor ? 'normal' : 'pubsub'])
  return await running
}

alike('leaves a subscription when a script goes on', async () => {
  const input = 'SUBSCRIBE channel\nUNSUBSCRIBE channel\nRESET\nPING\n'
  const { stdout, code } = await ours(['-p', `${port}`, '--csv'], { input })
  const lines = ['"subscribe","channel",1', '"unsubscribe","channel",0', '"RESET"', '"PONG"']
  assert.equal(stdout, `${lines.join('\n')}\n`)
  assert.equal(code, 0)
})

alike('tells how long a slow command took', async () => {
  const { stdout } = await ours(['-p', `${port}`, '--no-raw'], { input: 'DEBUG SLEEP 0.55\n' })
  assert.match(stdout, /^OK\n\(0\.[5-9]\ds\)\n$/)
})

alike('helps with commands and groups', async () => {
  const one = await ours(['-p', `${port}`, 'help', 'getdel'], { env: { NO_COLOR: '1' } })
  assert.match(one.stdout, /^\r\n {2}.*GETDEL.* key\r\n {2}summary: .*\r\n/)
  const all = await ours(['-p', `${port}`, 'help', '@hash'])
  assert.match(all.stdout, /HGETALL/)
})

test('tells the version and the flags', async () => {
  assert.match((await ours(['--version'])).stdout, /^redis-cli \d+\.\d+\.\d+ \(rubellite .*\)\n$/)
  const help = await ours(['--help'])
  assert.equal(help.code, 0)
  assert.match(help.stdout, /--pipe-timeout <seconds>/)
})

test('refuses a port that cannot be', async () => {
  const { stderr, code } = await ours(['-p', '70000', 'PING'])
  assert.equal(stderr, 'Invalid server port.\n')
  assert.equal(code, 1)
})
