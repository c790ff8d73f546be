// time.ts: TIME.

import { defineCommand } from '../../engine/command/command.ts'

const MICROS_PER_SECOND = 1_000_000

export const time = defineCommand({
  name: 'TIME',
  group: 'server',
  since: '2.6.0',
  summary: "Tells the server's time.",
  complexity: 'O(1)',
  flags: ['loading', 'stale', 'fast'],
  tips: ['nondeterministic_output'],
  run(ctx, _args, reply) {
    const micros = ctx.engine.time.micros
    reply.array(2)
    reply.text(String(Math.floor(micros / MICROS_PER_SECOND)))
    reply.text(String(micros % MICROS_PER_SECOND))
  },
})
