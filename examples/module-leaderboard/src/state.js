// state.js: what the module counts for each engine, and its directive.

import { defineDirective, definePart, integer } from 'rubellite/module'

/** Counters since the start. */
export const counters = definePart(() => ({ added: 0, trimmed: 0 }))

export const maxPlayers = defineDirective('leaderboard.max-players', {
  kind: integer({ min: 1, max: 1_000_000 }),
  initial: '1000',
})
