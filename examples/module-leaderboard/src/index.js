// index.js: the module: for `rubellite server --loadmodule` and for `Rubellite.open({ modules })`.

import { defineModule } from 'rubellite/module'
import { commands } from './commands.js'
import { counters, maxPlayers } from './state.js'
import { boards } from './type.js'

export const leaderboard = defineModule({
  name: 'leaderboard',
  version: 1,
  types: [boards],
  commands,
  directives: [maxPlayers],
  info: [{ fields: (engine) => Object.entries(counters.of(engine)) }],
  onLoad(engine, args) {
    if (args.length > 0) throw new Error(`there are no arguments, but '${args[0]}' is given`)
    engine.host.log(
      'notice',
      `leaderboards have ${engine.config.integer(maxPlayers.name).value} players at most`,
    )
  },
})

export default leaderboard
