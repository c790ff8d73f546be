// server-process.ts: the engine as a server, from its command line to the last line of its log.

import { readFileSync, unlinkSync, writeFileSync } from 'node:fs'
import { isatty } from 'node:tty'
import { core } from '../../core.ts'
import { refuse } from '../../engine/config/directive.ts'
import { addresses } from '../../engine/config/directive-specials.ts'
import type { ShutdownOptions } from '../../engine/contract/ports.ts'
import { REDIS_VERSION, VERSION } from '../../engine/contract/version.ts'
import { Engine } from '../../engine/dispatch/engine.ts'
import { FileStorage } from '../files/file-storage.ts'
import { Connections } from '../net/connections.ts'
import { Listeners } from '../net/listeners.ts'
import type { TcpPlace } from '../net/tcp-listen.ts'
import { SystemClock, systemEntropy } from '../process/clock.ts'
import { errorText } from '../process/error-text.ts'
import type { Log } from '../process/log.ts'
import { logo } from '../process/logo.ts'
import { NodeHost } from '../process/node-host.ts'
import { openFilesMax, RESERVED_FILES } from '../process/open-files.ts'
import { optimizeForServing } from '../process/optimizer.ts'
import { listenAddress, processTitle } from '../process/process-title.ts'
import { Ticker } from '../process/ticker.ts'
import { configure, type StartText } from './start-config.ts'
import { loadAtStart } from './start-load.ts'
import { fileImporter, type ImportUrl, StartModules } from './start-modules.ts'

const DEFAULT_PID_FILE = '/var/run/redis.pid'

export class ServerProcess {
  readonly engine: Engine
  private readonly log: Log
  private readonly host: NodeHost
  private readonly connections: Connections
  private readonly listeners: Listeners
  private readonly modules = new StartModules()
  private pidFile = ''

  /** @throws ConfigFault */
  constructor(start: StartText, log: Log, importUrl: ImportUrl) {
    this.log = log
    this.host = new NodeHost(
      (level, text) => log.write(level, text),
      (options) => this.shutdown(options),
    )
    this.host.executable = process.argv[1] ?? ''
    this.host.configFile = start.file
    this.host.storage = new FileStorage()
    this.host.importFile = fileImporter(importUrl)
    this.engine = new Engine({
      modules: core,
      clock: new SystemClock(),
      entropy: systemEntropy,
      host: this.host,
      configure: (engine) => configure(engine, start, this.modules),
    })
    const { config } = this.engine
    log.level = config.string('loglevel').value
    log.file = config.decoded('logfile')
    this.connections = new Connections(this.engine)
    this.listeners = new Listeners(
      (socket, path) => this.connections.accept(socket, path),
      (level, text) => log.write(level, text),
    )
    this.host.listening = this.listeners
    this.followDirectives()
  }

  /**
   * Writes the first lines of the log, listens and serves.
   * @param facts whether anything was configured, and whether this is a process in the background
   * @returns false when the server cannot listen; the log says why
   */
  async start(facts: { configured: boolean; background: boolean }): Promise<boolean> {
    const { log, engine } = this
    const { config } = engine
    this.greet(facts.configured)
    log.role = 'M'
    this.limitClients()
    this.writePidFile(facts.background)
    this.showTitle()
    this.introduce()
    if (!(await this.modules.load(engine, log)) || !(await this.listen())) return false
    optimizeForServing()
    log.write('notice', 'Server initialized')
    if (!(await loadAtStart(engine, log))) return false
    log.write(
      'warning',
      'WARNING: nothing is saved by itself yet: data is lost when the server stops, unless SAVE ' +
        'or SHUTDOWN SAVE has written it.',
    )
    for (const { name } of this.host.listeners) {
      log.write('notice', `Ready to accept connections ${name}`)
    }
    const memory = config.integer('maxmemory').value
    if (memory > 0 && memory < 1024 * 1024) {
      log.write(
        'warning',
        'WARNING: You specified a maxmemory value that is less than 1MB (current value is ' +
          `${memory} bytes). Are you sure this is what you really want?`,
      )
    }
    new Ticker(engine, (now) => this.connections.check(now), true).start()
    return true
  }

  /** Ends the process, unless a module refuses: data has to be saved and cannot be. */
  shutdown(options: ShutdownOptions): boolean {
    const { log } = this
    log.write('notice', 'User requested shutdown...')
    if (!this.engine.end(options)) {
      const advice = 'Check the logs for more information.'
      log.write('warning', `Errors trying to shut down the server. ${advice}`)
      return false
    }
    if (this.pidFile !== '') {
      log.write('notice', 'Removing the pid file.')
      try {
        unlinkSync(this.pidFile)
      } catch {}
    }
    this.listeners.close()
    this.connections.close()
    log.write('warning', 'Rubellite is now ready to exit, bye bye...')
    process.exit(0)
  }

  private greet(configured: boolean): void {
    const { log } = this
    log.write('notice', 'oO0OoO0OoO0Oo Rubellite is starting oO0OoO0OoO0Oo')
    log.write(
      'notice',
      `Redis version=${REDIS_VERSION}, Rubellite version=${VERSION}, bits=64, ` +
        `node=${process.versions.node}, pid=${process.pid}, just started`,
    )
    if (configured) log.write('notice', 'Configuration loaded')
    else {
      log.write(
        'warning',
        'Warning: no config file specified, using the default config. In order to specify a ' +
          'config file use rubellite server /path/to/redis.conf',
      )
    }
  }

  private introduce(): void {
    const { log } = this
    const { config } = this.engine
    log.write('notice', 'monotonic clock: performance.now')
    const port = config.integer('port').value
    const shown = log.file === '' && isatty(1)
    if (shown || config.flag('always-show-logo').value) log.raw('notice', logo(port))
    else log.write('notice', `Running mode=standalone, port=${port}.`)
    const backlog = config.integer('tcp-backlog').value
    const backlogMax = systemBacklog()
    if (backlog > backlogMax) {
      log.write(
        'warning',
        `WARNING: The TCP backlog setting of ${backlog} cannot be enforced because ` +
          `/proc/sys/net/core/somaxconn is set to the lower value of ${backlogMax}.`,
      )
    }
  }

  private async listen(): Promise<boolean> {
    const { log, listeners } = this
    const { config } = this.engine
    const place = this.tcpPlace()
    if (!(await listeners.openTcp(place))) {
      log.write('warning', `Failed listening on port ${place.port} (tcp), aborting.`)
      return false
    }
    const path = config.decoded('unixsocket')
    const permission = config.integer('unixsocketperm').value
    if (path !== '' && !(await listeners.openUnix({ path, permission, backlog: place.backlog }))) {
      return false
    }
    if (listeners.size > 0) return true
    log.write('warning', 'Configured to not listen anywhere, exiting.')
    return false
  }

  private tcpPlace(): TcpPlace {
    const { config } = this.engine
    return {
      binds: config.of('bind', addresses).value,
      port: config.integer('port').value,
      backlog: config.integer('tcp-backlog').value,
    }
  }

  private followDirectives(): void {
    const { config } = this.engine
    config.onChange<string>('loglevel', ({ value }) => {
      this.log.level = value
    })
    config.onChange('proc-title-template', () => this.showTitle())
    config.onChange<number>('maxclients', ({ value }) => {
      const most = openFilesMax() - RESERVED_FILES
      if (value > most) {
        refuse(
          'The operating system is not able to handle the specified number of clients, ' +
            `try with ${most}`,
        )
      }
    })
    config.onChange('port', () => {
      this.relisten('Unable to listen on this port. Check server logs.')
    })
    config.onChange('bind', () => this.relisten('Failed to bind to specified addresses.'))
  }

  private relisten(refusal: string): void {
    const place = this.tcpPlace()
    if (!this.listeners.change(place)) refuse(refusal)
    this.showTitle()
  }

  private limitClients(): void {
    const { config } = this.engine
    const wanted = config.integer('maxclients').value
    const files = openFilesMax()
    if (wanted + RESERVED_FILES <= files) return
    const most = Math.max(1, files - RESERVED_FILES)
    config.amend('maxclients', String(most))
    this.log.write(
      'warning',
      `You requested maxclients of ${wanted} requiring at least ${wanted + RESERVED_FILES} ` +
        'max file descriptors.',
    )
    this.log.write(
      'warning',
      `Current maximum open files is ${files}. maxclients has been reduced to ${most} to ` +
        "compensate for low ulimit. If you need higher maxclients increase 'ulimit -n'.",
    )
  }

  private writePidFile(background: boolean): void {
    const path = this.engine.config.decoded('pidfile')
    if (path === '' && !background) return
    this.pidFile = path === '' ? DEFAULT_PID_FILE : path
    try {
      writeFileSync(this.pidFile, `${process.pid}\n`)
    } catch (error) {
      const reason = errorText(error as NodeJS.ErrnoException)
      this.log.write('warning', `Failed to write PID file: ${reason}`)
    }
  }

  private showTitle(): void {
    const { config } = this.engine
    if (!config.flag('set-proc-title').value) return
    const { binds, port } = this.tcpPlace()
    const unixSocket = config.decoded('unixsocket')
    process.title = processTitle(config.decoded('proc-title-template'), {
      title: 'rubellite',
      listenAddress: listenAddress(binds, port, unixSocket),
      port,
      unixSocket,
      configFile: this.host.configFile,
    })
  }
}

/** The most connections the system keeps waiting; Infinity where it does not say. */
function systemBacklog(): number {
  try {
    return Number(readFileSync('/proc/sys/net/core/somaxconn', 'latin1'))
  } catch {
    return Number.POSITIVE_INFINITY
  }
}
