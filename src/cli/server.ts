// server.ts: `rubellite server`: the command line of redis-server.

import { constants } from 'node:os'
import { ConfigFault } from '../engine/config/load.ts'
import type { ShutdownOptions } from '../engine/contract/ports.ts'
import { REDIS_VERSION, VERSION } from '../engine/contract/version.ts'
import { readCommandLine } from '../formats/directives.ts'
import { bytesText } from '../node/files/config-files.ts'
import { isInBackground, startInBackground } from '../node/process/background.ts'
import { reportBug } from '../node/process/bug-report.ts'
import { Log } from '../node/process/log.ts'
import { ServerProcess } from '../node/server/server-process.ts'
import { readStartText, type StartText } from '../node/server/start-config.ts'
import type { ImportUrl } from '../node/server/start-modules.ts'

/** What shells add to the number of a signal for the exit code of who was ended by it. */
const KILLED = 128

/**
 * Runs the server.
 * @param args those of redis-server
 * @param importUrl loads modules; where this is part of the one file, `import` must be another's
 * @returns the exit code when there is nothing to serve; undefined while it runs
 */
export async function server(
  args: readonly string[],
  importUrl: ImportUrl = (url) => import(url),
): Promise<number | undefined> {
  const special = answerSpecial(args)
  if (special !== undefined) return special
  const log = new Log()
  const background = isInBackground()
  let start: StartText
  let running: ServerProcess
  try {
    start = readStartText(readCommandLine(args.map(bytesText)))
    running = new ServerProcess(start, log, importUrl)
  } catch (error) {
    return explain(error, log)
  }
  if (!background && running.engine.config.flag('daemonize').value) {
    await startInBackground(start.stdin)
    return 0
  }
  process.on('uncaughtException', (error) => {
    reportBug(log, error)
    process.exit(1)
  })
  followSignals(running, log)
  const isReady = await running.start({ configured: args.length > 0, background })
  return isReady ? undefined : 1
}

function explain(error: unknown, log: Log): number {
  if (error instanceof ConfigFault) process.stderr.write(error.text)
  else if (error instanceof Error && error.message.startsWith('Fatal error')) {
    log.write('warning', error.message)
  } else throw error
  return 1
}

function followSignals(running: ServerProcess, log: Log): void {
  const { config } = running.engine
  for (const [signal, directive] of [
    ['SIGTERM', 'shutdown-on-sigterm'],
    ['SIGINT', 'shutdown-on-sigint'],
  ] as const) {
    const options = config.find(directive)
    process.on(signal, () => {
      log.signal(`Received ${signal} scheduling shutdown...`)
      if (!running.shutdown(shutdownOptions(options?.text ?? 'default'))) {
        log.write(
          'warning',
          `${signal} received but errors trying to shut down the server, ` +
            'check the logs for more information',
        )
      }
    })
  }
  process.on('SIGHUP', () => {})
  // Node and Deno would open a debugger's port; redis-server has no use for it and ends at once.
  process.on('SIGUSR1', () => {
    log.signal('Received SIGUSR1, exiting now...')
    process.exit(KILLED + constants.signals.SIGUSR1)
  })
}

/** The options in the words of shutdown-on-sigterm. */
function shutdownOptions(text: string): ShutdownOptions {
  const words = text.split(' ')
  const save = words.includes('save') ? 'yes' : words.includes('nosave') ? 'no' : 'configured'
  return { save, now: words.includes('now'), force: words.includes('force') }
}

/** Answers what is no start: --version, --help and the like; undefined for a start. */
function answerSpecial(args: readonly string[]): number | undefined {
  switch (args[0]) {
    case '-v':
    case '--version':
      console.log(
        `Redis server v=${REDIS_VERSION} sha=00000000:0 malloc=node-${process.versions.node} ` +
          `bits=64 build=rubellite-${VERSION}`,
      )
      return 0
    case '-h':
    case '--help':
      console.error(HELP)
      return 1
    case '--test-memory':
      console.error('rubellite has no memory test: use memtest86 or your hosting provider’s tool')
      return 1
    case '--check-system':
      console.log('[runtime]...OK\nNothing else of this system matters: no fork, no huge pages.')
      return 0
    default:
      return undefined
  }
}

const HELP = `Usage: rubellite server [/path/to/redis.conf] [options] [-]
       rubellite server - (read the configuration from standard input)
       rubellite server -v or --version
       rubellite server -h or --help

Options are directives of redis.conf with two dashes: --port 7777 --maxmemory 100mb
The file is read first, then standard input, then the options; the last word counts.

Examples:
       rubellite server
       rubellite server /etc/redis/6379.conf --loglevel verbose
       echo 'maxmemory 128mb' | rubellite server -
       rubellite server --port 7777 --unixsocket /tmp/redis.sock`
