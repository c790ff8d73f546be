// start.test.ts: how the server starts and ends: command line, log, files, signals, exit codes.
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { root } from '../support/root.ts'
import { freePort, startRubellite, type TestServer } from '../support/servers.ts'
import { Wire } from '../support/wire.ts'

const program = join(root, 'bin', 'rubellite')
const folder = mkdtempSync(join(tmpdir(), 'rubellite-start-'))
after(() => rmSync(folder, { recursive: true }))

/** Runs the program to its end. */
function run(args: string[], input = '') {
  const options = { cwd: folder, encoding: 'utf8', input, timeout: 20_000 } as const
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], options)
  return { status, stdout, stderr }
}

/** The lines of a log without process id and time, and with the port as P. */
function lines(log: string, port?: number): string[] {
  return log
    .split('\n')
    .filter((line) => line !== '')
    .map((line) =>
      line.replace(/^\d+:([CMX]) .*?\.\d{3} /, '$1 ').replace(/^\d+:(s.*\(\d+\))/, 's'),
    )
    .map((line) => (port === undefined ? line : line.replaceAll(String(port), 'P')))
}

async function ended(server: TestServer): Promise<void> {
  for (let i = 0; i < 500 && server.isAlive(); i++) await sleep(10)
  assert.equal(server.isAlive(), false)
}

describe('the program', () => {
  test('explains itself', () => {
    assert.match(run(['--help']).stdout, /server .*\n.*cli .*\n.*benchmark /)
    assert.match(run(['--version']).stdout, /^rubellite \d+\.\d+\.\d+ \(Redis 8\.2\.3\)/)
    for (const args of [[], ['nonsense']]) {
      const { status, stderr } = run(args)
      assert.equal(status, 2)
      assert.match(stderr, /Usage: rubellite COMMAND/)
    }
  })

  test('answers --version and --help of a server as redis-server does', () => {
    for (const option of ['-v', '--version']) {
      const { status, stdout } = run(['server', option])
      assert.equal(status, 0)
      assert.match(
        stdout,
        /^Redis server v=8\.2\.3 sha=\S+ malloc=\S+ bits=64 build=rubellite-\S+\n$/,
      )
    }
    for (const option of ['-h', '--help']) {
      const { status, stderr } = run(['server', option])
      assert.equal(status, 1)
      assert.match(stderr, /^Usage: rubellite server/)
    }
    assert.equal(run(['server', '--test-memory', '64']).status, 1)
    assert.equal(run(['server', '--check-system']).status, 0)
  })
})

describe('a start that fails', () => {
  test('names the line that is wrong', () => {
    const { status, stderr } = run(['server', '--port', '0', '--nonsense', '1'])
    assert.equal(status, 1)
    assert.equal(
      stderr,
      '\n*** FATAL CONFIG FILE ERROR (Redis 8.2.3) ***\n' +
        'Reading the configuration file, at line 3\n>>> \'nonsense "1"\'\n' +
        'Bad directive or wrong number of arguments\n',
    )
  })

  test('names a file that cannot be read', () => {
    const { status, stdout } = run(['server', '/nonexistent/redis.conf'])
    assert.equal(status, 1)
    assert.deepEqual(lines(stdout), [
      "C # Fatal error, can't open config file '/nonexistent/redis.conf': " +
        'No such file or directory',
    ])
  })

  test('names a log that cannot be written', () => {
    const { status, stderr } = run(['server', '--logfile', '/nonexistent/log'])
    assert.equal(status, 1)
    assert.match(stderr, /\nCan't open the log file: No such file or directory\n$/)
    const long = run(['server', '--port', '0', '--unixsocket', `/tmp/${'x'.repeat(103)}`])
    assert.equal(long.status, 1)
    assert.match(
      long.stdout,
      /Failed opening Unix socket: unix socket path too long \(108\), must be under 108\n$/,
    )
  })

  test('names a port that is taken, a foreign address, a socket without a folder', async () => {
    const busy = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => busy.once('listening', resolve))
    const address = busy.address()
    assert.ok(address !== null && typeof address === 'object')
    const port = String(address.port)
    const taken = run(['server', '--bind', '127.0.0.1', '--port', port])
    busy.close()
    assert.equal(taken.status, 1)
    assert.deepEqual(lines(taken.stdout, address.port).slice(-2), [
      'M # Warning: Could not create server TCP listening socket 127.0.0.1:P: bind: ' +
        'Address already in use',
      'M # Failed listening on port P (tcp), aborting.',
    ])
    const foreign = run(['server', '--bind', '127.0.0.1', '192.0.2.1', '--port', port])
    assert.equal(foreign.status, 1)
    assert.match(foreign.stdout, /192\.0\.2\.1:\d+: bind: Cannot assign requested address\n/)
    const socket = run(['server', '--port', '0', '--unixsocket', '/nonexistent/a.sock'])
    assert.equal(socket.status, 1)
    assert.match(socket.stdout, /Failed opening Unix socket: bind: No such file or directory\n$/)
  })

  test('says so when there is nothing to listen on', () => {
    const { status, stdout } = run(['server', '--port', '0'])
    assert.equal(status, 1)
    assert.equal(lines(stdout).at(-1), 'M # Configured to not listen anywhere, exiting.')
  })
})

describe('a start', () => {
  test('writes the lines that scripts wait for, in order', async () => {
    const server = await startRubellite(['--always-show-logo', 'yes'])
    const log = server.log()
    const wanted = [
      /^\d+:C .* \* oO0OoO0OoO0Oo Rubellite is starting oO0OoO0OoO0Oo$/m,
      /^\d+:C .* \* Redis version=8\.2\.3, .*bits=64, .*pid=\d+, just started$/m,
      /^\d+:C .* \* Configuration loaded$/m,
      new RegExp(`Port: ${server.port}$`, 'm'),
      new RegExp(` PID: ${server.pid}$`, 'm'),
      /^\d+:M .* \* Server initialized$/m,
      /^\d+:M .* # WARNING: nothing is saved by itself yet/m,
      /^\d+:M .* \* Ready to accept connections tcp$/m,
    ]
    const places = wanted.map((pattern) => log.search(pattern))
    assert.deepEqual(
      places,
      [...places].sort((a, b) => a - b),
      log,
    )
    assert.ok(!places.includes(-1), log)
    await server.stop()
  })

  test('reads a file, then standard input, then the command line', async () => {
    const port = await freePort()
    const file = join(folder, 'redis.conf')
    writeFileSync(file, `port ${port}\nbind 127.0.0.1\nhz 20\ntimeout 7\nmaxclients 77\n`)
    const args = ['server', file, '--maxclients', '79', '-']
    const child = spawn(process.execPath, [program, ...args], { cwd: folder })
    child.stdin.end('timeout 8\nmaxclients 78\n')
    const wire = await reach(port)
    const reply = await wire.call('CONFIG', 'GET', 'hz', 'timeout', 'maxclients', 'dir')
    const text = reply.raw.toString()
    for (const value of ['20', '8', '79', folder])
      assert.match(text, new RegExp(`\r\n${value}\r\n`))
    assert.match((await wire.call('CONFIG', 'REWRITE')).raw.toString(), /^\+OK/)
    assert.match(readFileSync(file, 'utf8'), /^port \d+\nbind 127\.0\.0\.1\nhz 20\ntimeout 8\n/)
    wire.close()
    child.kill()
    await new Promise((resolve) => child.once('exit', resolve))
  })

  test('renames commands and takes them away', async () => {
    const file = join(folder, 'names.conf')
    writeFileSync(file, 'rename-command GET FETCH\nrename-command SET ""\n')
    const server = await startRubellite(['--include', file])
    const wire = await server.connect()
    assert.equal((await wire.call('FETCH', 'k')).raw.toString(), '$-1\r\n')
    for (const gone of ['GET', 'SET']) {
      assert.match((await wire.call(gone, 'k')).raw.toString(), /^-ERR unknown command/)
    }
    await server.stop()
  })

  test('in the background returns at once and leaves a process that serves', async () => {
    const port = await freePort()
    const [pidFile, logFile] = [join(folder, 'daemon.pid'), join(folder, 'daemon.log')]
    const place = ['--port', String(port), '--bind', '127.0.0.1']
    const files = ['--pidfile', pidFile, '--logfile', logFile]
    const { status } = run(['server', '-', ...place, ...files], 'daemonize yes\nhz 33\n')
    assert.equal(status, 0)
    const wire = await reach(port)
    assert.match((await wire.call('CONFIG', 'GET', 'hz')).raw.toString(), /33/)
    wire.close()
    process.kill(Number(readFileSync(pidFile, 'utf8')), 'SIGTERM')
    for (let i = 0; i < 300 && existsSync(pidFile); i++) await sleep(10)
    assert.equal(existsSync(pidFile), false)
    assert.match(readFileSync(logFile, 'utf8'), /Rubellite is now ready to exit, bye bye\.\.\.\n$/)
  })
})

describe('an end', () => {
  test('by SIGTERM or SIGINT tidies up and exits with 0; SIGHUP is ignored', async () => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      const path = join(folder, `${signal}.sock`)
      const pidFile = join(folder, `${signal}.pid`)
      const args = ['--unixsocket', path, '--unixsocketperm', '700', '--pidfile', pidFile]
      const server = await startRubellite(args)
      assert.equal(statSync(path).mode & 0o777, 0o700)
      assert.equal(readFileSync(pidFile, 'utf8'), `${server.pid}\n`)
      process.kill(server.pid, 'SIGHUP')
      await sleep(50)
      assert.equal(server.isAlive(), true)
      process.kill(server.pid, signal)
      await ended(server)
      assert.deepEqual(lines(server.log()).slice(-5), [
        `s Received ${signal} scheduling shutdown...`,
        'M * User requested shutdown...',
        'M * Removing the pid file.',
        'M * Removing the unix socket file.',
        'M # Rubellite is now ready to exit, bye bye...',
      ])
      assert.deepEqual([existsSync(path), existsSync(pidFile)], [false, false])
      await server.stop()
    }
  })
})

describe('a door of the runtime', () => {
  test('stays shut: SIGUSR1 ends the server, as redis-server, and opens no debugger', async () => {
    const server = await startRubellite()
    process.kill(server.pid, 'SIGUSR1')
    await ended(server)
    assert.doesNotMatch(server.log(), /debugger/i)
    assert.match(server.log(), /Received SIGUSR1, exiting now\.\.\.\n$/)
    await server.stop()
  })
})

/** Connects as soon as somebody listens. */
async function reach(port: number): Promise<Wire> {
  for (let i = 0; ; i++) {
    try {
      return await Wire.open(port)
    } catch (error) {
      if (i === 500) throw error
      await sleep(10)
    }
  }
}
