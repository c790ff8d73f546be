// geo.ts: commands for places on the globe.
// Declarations without a handler: whoever writes the handler moves its declaration beside it.

import type { Declaration } from '#src/engine/command.js'

const unit = '(unit: M | KM | FT | MI)'
const order = '[order: ASC | DESC]'
const counted = '[count-block: COUNT count:int [ANY]]'
const details = '[WITHCOORD] [WITHDIST] [WITHHASH]'
const store = '[store: STORE storekey:key=key | STOREDIST storedistkey:key=key]'
const from = '(from: FROMMEMBER member | FROMLONLAT (longitude:double latitude:double))'
const circle = `(circle: BYRADIUS radius:double ${unit})`
const box = `(box: BYBOX width:double height:double ${unit})`
const area = `(by: ${circle} | ${box})`

export const geoCommands: readonly Declaration[] = [
  {
    name: 'GEOADD',
    group: 'geo',
    since: '3.2.0',
    summary: 'Adds places to a geospatial index.',
    complexity: 'O(log(N)) for each place, N being the size of the index',
    syntax: 'key [NX | XX]@6.2 [change:CH]@6.2 (longitude:double latitude:double member)+',
    keys: 'RW update',
    flags: ['write', 'denyoom'],
    history: [['6.2.0', 'takes CH, NX and XX']],
  },
  {
    name: 'GEODIST',
    group: 'geo',
    since: '3.2.0',
    summary: 'Measures the distance between two places.',
    complexity: 'O(1)',
    syntax: 'key member1 member2 [unit: M | KM | FT | MI]',
    keys: 'RO access',
    flags: ['readonly'],
  },
  {
    name: 'GEOHASH',
    group: 'geo',
    since: '3.2.0',
    summary: 'Tells the geohash of places.',
    complexity: 'O(1) for each place',
    syntax: 'key member*',
    keys: 'RO access',
    flags: ['readonly'],
  },
  {
    name: 'GEOPOS',
    group: 'geo',
    since: '3.2.0',
    summary: 'Tells longitude and latitude of places.',
    complexity: 'O(1) for each place',
    syntax: 'key member*',
    keys: 'RO access',
    flags: ['readonly'],
  },
  {
    name: 'GEOSEARCH',
    group: 'geo',
    since: '6.2.0',
    summary: 'Finds the places in a circle or a box.',
    complexity: 'O(N+log(M)) for N places in the cells around the shape and M in it',
    syntax: `key ${from} ${area} ${order} ${counted} ${details}`,
    keys: 'RO access',
    flags: ['readonly'],
    history: [['7.0.0', 'units may be in upper case']],
  },
  {
    name: 'GEOSEARCHSTORE',
    group: 'geo',
    since: '6.2.0',
    summary: 'Stores the places in a circle or a box.',
    complexity: 'O(N+log(M)) for N places in the cells around the shape and M in it',
    syntax: `destination:key source:key ${from} ${area} ${order} ${counted} [STOREDIST]`,
    keys: ['OW update', 'RO access'],
    flags: ['write', 'denyoom'],
    history: [['7.0.0', 'units may be in upper case']],
  },
  {
    name: 'GEORADIUS',
    group: 'geo',
    since: '3.2.0',
    summary: 'Finds the places within a distance of a point, and stores them on request.',
    complexity: 'O(N+log(M)) for N places in the box around the circle and M in the index',
    syntax:
      `key longitude:double latitude:double radius:double ${unit} ${details} ` +
      `[count-block: COUNT count:int [ANY]@6.2] ${order} ${store}`,
    keys: ['RO access', 'OW update', 'OW update'],
    flags: ['write', 'denyoom'],
    history: [
      ['6.2.0', 'COUNT takes ANY'],
      ['7.0.0', 'units may be in upper case'],
    ],
    deprecated: '6.2.0',
    replacedBy: '`GEOSEARCH` and `GEOSEARCHSTORE` with the `BYRADIUS` argument',
  },
  {
    name: 'GEORADIUS_RO',
    group: 'geo',
    since: '3.2.10',
    summary: 'Finds the places within a distance of a point.',
    complexity: 'O(N+log(M)) for N places in the box around the circle and M in the index',
    syntax:
      `key longitude:double latitude:double radius:double ${unit} ${details} ` +
      `[count-block: COUNT count:int [ANY]@6.2] ${order}`,
    keys: 'RO access',
    flags: ['readonly'],
    history: [
      ['6.2.0', 'COUNT takes ANY'],
      ['7.0.0', 'units may be in upper case'],
    ],
    deprecated: '6.2.0',
    replacedBy: '`GEOSEARCH` with the `BYRADIUS` argument',
  },
  {
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
  },
  {
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
  },
]
