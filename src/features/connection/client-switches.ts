// client-switches.ts: CLIENT NO-EVICT and NO-TOUCH.

import type { Args } from '../../engine/arguments/args.ts'
import { defineCommand } from '../../engine/command/command.ts'
import { errors } from '../../engine/contract/errors.ts'

export const clientNoEvict = defineCommand({
  name: 'CLIENT NO-EVICT',
  group: 'connection',
  since: '7.0.0',
  summary: 'Keeps this connection when memory for clients runs short.',
  complexity: 'O(1)',
  syntax: '(enabled: ON | OFF)',
  flags: ['admin', 'noscript', 'loading', 'stale'],
  reply: 'OK',
  run(ctx, args, reply) {
    ctx.session.noEvict = readSwitch(args)
    reply.ok()
  },
})

export const clientNoTouch = defineCommand({
  name: 'CLIENT NO-TOUCH',
  group: 'connection',
  since: '7.2.0',
  summary: 'Lets this connection use keys without marking them as used.',
  complexity: 'O(1)',
  syntax: '(enabled: ON | OFF)',
  flags: ['noscript', 'loading', 'stale'],
  reply: 'OK',
  run(ctx, args, reply) {
    ctx.session.noTouch = readSwitch(args)
    reply.ok()
  },
})

function readSwitch(args: Args): boolean {
  if (args.is(2, 'ON')) return true
  if (args.is(2, 'OFF')) return false
  throw errors.syntax
}
