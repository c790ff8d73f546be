// info-process.ts: the sections on the process: server, threads, cpu, cluster, debug.

import type { InfoSection } from '../../engine/contract/module.ts'
import type { ListenerFacts } from '../../engine/contract/ports.ts'
import { REDIS_VERSION, VERSION } from '../../engine/contract/version.ts'
import type { Engine } from '../../engine/dispatch/engine.ts'
import { wholeSeconds } from './info-format.ts'

const SECONDS_PER_DAY = 86_400
const LRU_CLOCK_MASK = 0xffffff

const server: InfoSection = {
  name: 'server',
  byDefault: true,
  fields(engine) {
    const { host, now, config } = engine
    const uptime = wholeSeconds(now - engine.startedAt)
    return [
      ['redis_version', REDIS_VERSION],
      ['rubellite_version', VERSION],
      ['redis_git_sha1', '00000000'],
      ['redis_git_dirty', 0],
      ['redis_mode', 'standalone'],
      ['os', host.system],
      ['arch_bits', 64],
      ['multiplexing_api', host.multiplexing],
      ['rubellite_runtime', host.runtime],
      ['process_id', host.processId],
      ['process_supervised', 'no'],
      ['run_id', engine.runId],
      ['tcp_port', host.tcpPort],
      ['server_time_usec', engine.time.micros],
      ['uptime_in_seconds', uptime],
      ['uptime_in_days', Math.floor(uptime / SECONDS_PER_DAY)],
      ['hz', engine.expiry.hz],
      ['configured_hz', config.integer('hz').value],
      ['lru_clock', wholeSeconds(now) & LRU_CLOCK_MASK],
      ['executable', host.executable],
      ['config_file', host.configFile],
      ['io_threads_active', 0],
      ...host.listeners.map(listenerLine),
    ]
  },
}

function listenerLine(facts: ListenerFacts, i: number): readonly [string, string] {
  const binds = facts.binds.map((bind) => `,bind=${bind}`).join('')
  const port = facts.port === 0 ? '' : `,port=${facts.port}`
  return [`listener${i}`, `name=${facts.name}${binds}${port}`]
}

const threads: InfoSection = {
  name: 'threads',
  byDefault: true,
  fields({ sessions, stats }) {
    const counts = `reads=${stats.inputReads},writes=${stats.outputWrites}`
    return [['io_thread_0', `clients=${sessions.size},${counts}`]]
  },
}

const cpu: InfoSection = {
  name: 'cpu',
  title: 'CPU',
  byDefault: true,
  fields({ host }) {
    const { user, system, mainThread } = host.processor()
    const ofThread: readonly (readonly [string, string])[] =
      mainThread === undefined
        ? []
        : [
            ['used_cpu_sys_main_thread', seconds(mainThread.system)],
            ['used_cpu_user_main_thread', seconds(mainThread.user)],
          ]
    return [
      ['used_cpu_sys', seconds(system)],
      ['used_cpu_user', seconds(user)],
      // The server starts no other process.
      ['used_cpu_sys_children', seconds(0)],
      ['used_cpu_user_children', seconds(0)],
      ...ofThread,
    ]
  },
}

/** Microseconds as seconds with all digits. */
function seconds(microseconds: number): string {
  return (microseconds / 1_000_000).toFixed(6)
}

const cluster: InfoSection = {
  name: 'cluster',
  byDefault: true,
  fields: () => [['cluster_enabled', 0]],
}

const debug: InfoSection = {
  name: 'debug',
  byDefault: 'named',
  fields({ stopwatch }: Engine) {
    return [
      ['eventloop_duration_aof_sum', 0],
      ['eventloop_duration_cron_sum', Math.floor(stopwatch.tickMicros)],
      ['eventloop_duration_max', Math.floor(stopwatch.cycleMicrosMax)],
      ['eventloop_cmd_per_cycle_max', stopwatch.commandsMax],
    ]
  },
}

export const processSections = [server, threads, cpu, cluster, debug]
