// engine-settings.ts: directives whose values the engine keeps in fields of its own.

import type { Engine } from '../../engine/dispatch/engine.ts'

/** Brings the engine's fields in line with the configuration, now and after each change. */
export function followSettings(engine: Engine): void {
  const { config, limits, expiry } = engine
  const number = (name: string, keep: (value: number) => void) =>
    config.follow<number>(name, (setting) => keep(setting.value))
  number('proto-max-bulk-len', (value) => {
    limits.bulk = value
    for (const session of engine.sessions.values()) session.limits.bulkMax = value
  })
  number('client-query-buffer-limit', (value) => {
    limits.queryBuffer = value
  })
  number('hz', (value) => {
    expiry.hz = value
  })
}
