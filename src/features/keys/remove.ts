// remove.ts: DEL and UNLINK.

import type { Reply } from '../../bytes/wire/reply.ts'
import type { Args } from '../../engine/arguments/args.ts'
import { type Command, defineCommand } from '../../engine/command/command.ts'
import type { CommandFlag } from '../../engine/command/flags.ts'
import type { Context } from '../../engine/dispatch/context.ts'

type Variant = {
  readonly name: string
  readonly since: string
  readonly summary: string
  readonly complexity: string
  readonly flags: readonly CommandFlag[]
  readonly isLazy: IsLazy
}

/** Whether what is removed is freed in the background. */
type IsLazy = (ctx: Context) => boolean

/** redis-server frees what takes more steps than this in the background. */
const LAZY_EFFORT = 64

function variant({ isLazy, ...declared }: Variant): Command {
  return defineCommand({
    ...declared,
    group: 'generic',
    syntax: 'key+',
    keys: 'RM delete',
    tips: ['request_policy:multi_shard', 'response_policy:agg_sum'],
    run: (ctx, args, reply) => removeAll(ctx, args, reply, isLazy),
  })
}

const del = variant({
  name: 'DEL',
  since: '1.0.0',
  summary: 'Removes keys with their values.',
  complexity: 'O(N) for N keys, and O(M) for a value of M elements',
  flags: ['write'],
  isLazy: (ctx) => ctx.engine.config.flag('lazyfree-lazy-user-del').value,
})

const unlink = variant({
  name: 'UNLINK',
  since: '4.0.0',
  summary: 'Removes keys at once and gives their memory back later.',
  complexity: 'O(1) for a key, and O(N) later for a value of N parts',
  flags: ['write', 'fast'],
  isLazy: () => true,
})

/** Memory is given back by dropping references; `isLazy` only says what statistics count. */
function removeAll(ctx: Context, args: Args, reply: Reply, isLazy: IsLazy): void {
  let removed = 0
  for (let i = 1; i < args.count; i++) {
    const key = args.key(i)
    // Not `find`: that would note a use of what is about to go.
    const ref = ctx.peek(key)
    if (ref === 0) continue
    if (ctx.dataType(ref).effort(ctx.db, ref) > LAZY_EFFORT && isLazy(ctx)) {
      ctx.engine.stats.lazyFreed++
    }
    ctx.remove(ref, key)
    removed++
  }
  reply.integer(removed)
}

export const removeCommands = [del, unlink]
