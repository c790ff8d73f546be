// search.ts: GEOSEARCH and GEOSEARCHSTORE.

import { defineCommand } from '../../../engine/command/command.ts'
import { answer } from './answer.ts'
import { Query, SEARCH, SEARCH_STORE } from './query.ts'

const unit = '(unit: M | KM | FT | MI)'
const order = '[order: ASC | DESC]'
const counted = '[count-block: COUNT count:int [ANY]]'
const details = '[WITHCOORD] [WITHDIST] [WITHHASH]'
const from = '(from: FROMMEMBER member | FROMLONLAT (longitude:double latitude:double))'
const circle = `(circle: BYRADIUS radius:double ${unit})`
const box = `(box: BYBOX width:double height:double ${unit})`
const area = `(by: ${circle} | ${box})`

const query = new Query()

const geosearch = defineCommand({
  name: 'GEOSEARCH',
  group: 'geo',
  since: '6.2.0',
  summary: 'Finds the places in a circle or a box.',
  complexity: 'O(N+log(M)) for N places in the cells around the shape and M in it',
  syntax: `key ${from} ${area} ${order} ${counted} ${details}`,
  keys: 'RO access',
  flags: ['readonly'],
  history: [['7.0.0', 'units may be in upper case']],
  run(ctx, args, reply) {
    query.begin(ctx, args, SEARCH, 1)
    query.readOptions(args, 2)
    answer(ctx, args, reply, query)
  },
})

const geosearchstore = defineCommand({
  name: 'GEOSEARCHSTORE',
  group: 'geo',
  since: '6.2.0',
  summary: 'Stores the places in a circle or a box.',
  complexity: 'O(N+log(M)) for N places in the cells around the shape and M in it',
  syntax: `destination:key source:key ${from} ${area} ${order} ${counted} [STOREDIST]`,
  keys: ['OW update', 'RO access'],
  flags: ['write', 'denyoom'],
  history: [['7.0.0', 'units may be in upper case']],
  run(ctx, args, reply) {
    query.begin(ctx, args, SEARCH_STORE, 2)
    query.readOptions(args, 3)
    answer(ctx, args, reply, query)
  },
})

export const searchCommands = [geosearch, geosearchstore]
