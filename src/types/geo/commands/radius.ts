// radius.ts: the older searches in a circle: GEORADIUS, GEORADIUSBYMEMBER and the forms of both
// that only read.

import type { Reply } from '../../../bytes/wire/reply.ts'
import type { Args } from '../../../engine/arguments/args.ts'
import { defineCommand } from '../../../engine/command/command.ts'
import type { Context } from '../../../engine/dispatch/context.ts'
import { answer } from './answer.ts'
import { readCircle, readPlace } from './arguments.ts'
import { Query, RADIUS, RADIUS_READ_ONLY } from './query.ts'

const unit = '(unit: M | KM | FT | MI)'
const order = '[order: ASC | DESC]'
const counted = '[count-block: COUNT count:int [ANY]]'
const countedSince = '[count-block: COUNT count:int [ANY]@6.2]'
const details = '[WITHCOORD] [WITHDIST] [WITHHASH]'
const store = '[store: STORE storekey:key=key | STOREDIST storedistkey:key=key]'

const query = new Query()

const georadius = defineCommand({
  name: 'GEORADIUS',
  group: 'geo',
  since: '3.2.0',
  summary: 'Finds the places within a distance of a point, and stores them on request.',
  complexity: 'O(N+log(M)) for N places in the box around the circle and M in the index',
  syntax:
    `key longitude:double latitude:double radius:double ${unit} ${details} ` +
    `${countedSince} ${order} ${store}`,
  keys: ['RO access', 'OW update', 'OW update'],
  flags: ['write', 'denyoom'],
  history: [
    ['6.2.0', 'COUNT takes ANY'],
    ['7.0.0', 'units may be in upper case'],
  ],
  deprecated: '6.2.0',
  replacedBy: '`GEOSEARCH` and `GEOSEARCHSTORE` with the `BYRADIUS` argument',
  run: (ctx, args, reply) => searchAroundPlace(ctx, args, reply, RADIUS),
})

const georadiusRo = defineCommand({
  name: 'GEORADIUS_RO',
  group: 'geo',
  since: '3.2.10',
  summary: 'Finds the places within a distance of a point.',
  complexity: 'O(N+log(M)) for N places in the box around the circle and M in the index',
  syntax:
    `key longitude:double latitude:double radius:double ${unit} ${details} ` +
    `${countedSince} ${order}`,
  keys: 'RO access',
  flags: ['readonly'],
  history: [
    ['6.2.0', 'COUNT takes ANY'],
    ['7.0.0', 'units may be in upper case'],
  ],
  deprecated: '6.2.0',
  replacedBy: '`GEOSEARCH` with the `BYRADIUS` argument',
  run: (ctx, args, reply) => searchAroundPlace(ctx, args, reply, RADIUS_READ_ONLY),
})

const georadiusbymember = defineCommand({
  name: 'GEORADIUSBYMEMBER',
  group: 'geo',
  since: '3.2.0',
  summary: 'Finds the places within a distance of another place, and stores them on request.',
  complexity: 'O(N+log(M)) for N places in the box around the circle and M in the index',
  syntax: `key member radius:double ${unit} ${details} ${counted} ${order} ${store}`,
  keys: ['RO access', 'OW update', 'OW update'],
  flags: ['write', 'denyoom'],
  history: [
    ['6.2.0', 'COUNT takes ANY'],
    ['7.0.0', 'units may be in upper case'],
  ],
  deprecated: '6.2.0',
  replacedBy: '`GEOSEARCH` and `GEOSEARCHSTORE` with the `BYRADIUS` and `FROMMEMBER` arguments',
  run: (ctx, args, reply) => searchAroundMember(ctx, args, reply, RADIUS),
})

const georadiusbymemberRo = defineCommand({
  name: 'GEORADIUSBYMEMBER_RO',
  group: 'geo',
  since: '3.2.10',
  summary: 'Finds the places within a distance of another place.',
  complexity: 'O(N+log(M)) for N places in the box around the circle and M in the index',
  syntax: `key member radius:double ${unit} ${details} ${counted} ${order}`,
  keys: 'RO access',
  flags: ['readonly'],
  history: [
    ['6.2.0', 'COUNT takes ANY'],
    ['7.0.0', 'units may be in upper case'],
  ],
  deprecated: '6.2.0',
  replacedBy: '`GEOSEARCH` with the `BYRADIUS` and `FROMMEMBER` arguments',
  run: (ctx, args, reply) => searchAroundMember(ctx, args, reply, RADIUS_READ_ONLY),
})

function searchAroundPlace(ctx: Context, args: Args, reply: Reply, command: number): void {
  query.begin(ctx, args, command, 1)
  readPlace(args, 2, query.shape.center)
  readCircle(args, 4, query.shape)
  query.readOptions(args, 6)
  answer(ctx, args, reply, query)
}

function searchAroundMember(ctx: Context, args: Args, reply: Reply, command: number): void {
  query.begin(ctx, args, command, 1)
  // Without a set the reference does not read the radius either.
  if (query.set !== null) {
    query.centerOn(args, 2)
    readCircle(args, 3, query.shape)
  }
  query.readOptions(args, 5)
  answer(ctx, args, reply, query)
}

export const radiusCommands = [georadius, georadiusRo, georadiusbymember, georadiusbymemberRo]
