// engine-settings.ts: directives whose values the engine keeps in fields of its own.

import type { Engine } from '../../engine/engine.ts'

/** Brings the engine's fields in line with the configuration, now and after each change. */
export function followSettings(engine: Engine): void {
  const { config, limits, access, expiry } = engine
  const number = (name: string, keep: (value: number) => void) =>
    config.follow<number>(name, (setting) => keep(setting.value))
  number('maxmemory', (value) => {
    limits.memory = value
  })
  number('proto-max-bulk-len', (value) => {
    limits.bulk = value
    for (const session of engine.sessions.values()) session.limits.bulkMax = value
  })
  number('client-query-buffer-limit', (value) => {
    limits.queryBuffer = value
  })
  number('list-max-listpack-size', (value) => {
    limits.listNode = value
  })
  number('list-compress-depth', (value) => {
    limits.listDepth = value
  })
  number('lfu-log-factor', (value) => {
    access.logFactor = value
  })
  number('lfu-decay-time', (value) => {
    access.decayMinutes = value
  })
  number('active-expire-effort', (value) => {
    expiry.effort = value
  })
  number('hz', (value) => {
    expiry.hz = value
  })
  config.follow<string>('maxmemory-policy', (setting) => {
    access.lfu = setting.value.endsWith('-lfu')
  })
}
