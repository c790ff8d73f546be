// index.ts: the module of commands for the server as a whole: its figures, its time, its end.

import { defineModule } from '../../engine/contract/module.ts'
import type { Engine } from '../../engine/dispatch/engine.ts'
import { directives } from './directives.ts'
import { info } from './info.ts'
import { clientSections } from './info-clients.ts'
import { commandSections } from './info-commands.ts'
import { keyspaceSections } from './info-keyspace.ts'
import { memorySections } from './info-memory.ts'
import { processSections } from './info-process.ts'
import { replicationSections } from './info-replication.ts'
import { statsSections } from './info-stats.ts'
import { lolwut } from './lolwut.ts'
import { role } from './role.ts'
import { takeSamples } from './samples.ts'
import { shutdown } from './shutdown.ts'
import { time } from './time.ts'

export const server = defineModule({
  name: 'server',
  commands: [info, time, lolwut, role, shutdown],
  info: [
    ...processSections,
    ...clientSections,
    ...memorySections,
    ...statsSections,
    ...replicationSections,
    ...commandSections,
    ...keyspaceSections,
  ],
  directives,
  hooks: { onStart: begin, onTick: takeSamples },
})

function begin(engine: Engine): void {
  const { config, stats, stopwatch, host } = engine
  stats.startupMemory = engine.dataMemory
  config.follow<boolean>('latency-tracking', ({ value }) => {
    stopwatch.histograms = value
  })
  stats.onTooManyErrorKinds = (kinds) => {
    host.log(
      'warning',
      'Errorstats stopped adding new errors: there are too many different ones, perhaps of ' +
        'scripts that make up their own. CONFIG RESETSTAT begins anew.',
    )
    host.log('warning', `Current errors code list: ${kinds.join(', ')}`)
  }
}
