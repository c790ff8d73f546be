// scan.ts: HSCAN. A packed hash is returned as a whole, as redis-server does.

import type { Reply } from '../../../bytes/wire/reply.ts'
import type { Args } from '../../../engine/arguments/args.ts'
import { readScanCursor, replyScan, ScanOptions } from '../../../engine/arguments/scan-options.ts'
import { defineCommand } from '../../../engine/command/command.ts'
import type { Context } from '../../../engine/dispatch/context.ts'
import { isDue } from '../field-expiry.ts'
import type { Hash } from '../hash.ts'
import { hashType } from '../type.ts'

const options = new ScanOptions()

export const hscan = defineCommand({
  name: 'HSCAN',
  group: 'hash',
  since: '2.8.0',
  summary: 'Goes through the fields of a hash, some at each call.',
  complexity: 'O(1) for a call, O(N) for all N fields',
  syntax: 'key cursor:int [MATCH pattern] [COUNT count:int] [NOVALUES]',
  keys: 'RO access',
  flags: ['readonly'],
  tips: ['nondeterministic_output'],
  run: scan,
})

function scan(ctx: Context, args: Args, reply: Reply): void {
  const cursor = readScanCursor(args.at(2))
  const hash = ctx.read(args.key(1), hashType)
  if (hash === null) {
    replyScan(reply, 0, 0)
    return
  }
  options.read(args, 3, 'novalues')
  const next = collect(hash, cursor)
  const places = options.refs.filter((place) => !isDue(ctx.now, hash.time(place)))
  replyScan(reply, next, options.noValues ? places.length : places.length * 2)
  for (const place of places) {
    reply.bulk(hash.field(place))
    if (!options.noValues) reply.bulk(hash.value(place))
  }
}

/** Puts places into `options.refs`; returns the next cursor. */
function collect(hash: Hash, cursor: number): number {
  if (hash.table !== null) return options.walk(hash.table.fields, cursor)
  const { refs } = options
  refs.length = 0
  for (let place = hash.first; place !== 0; place = hash.after(place)) {
    if (options.matches(hash.field(place))) refs.push(place)
  }
  return 0
}
