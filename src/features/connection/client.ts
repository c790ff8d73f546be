// client.ts: CLIENT and its list of subcommands.

import { type Command, defineCommand } from '../../engine/command/command.ts'
import { clientKill } from './client-kill.ts'
import { clientId, clientInfo, clientList } from './client-list.ts'
import { clientGetName, clientSetInfo, clientSetName } from './client-name.ts'
import { clientPause, clientUnblock, clientUnpause } from './client-pause.ts'
import { clientReply } from './client-reply.ts'
import { clientNoEvict, clientNoTouch } from './client-switches.ts'

const help = defineCommand({
  name: 'CLIENT HELP',
  group: 'connection',
  since: '5.0.0',
  summary: 'Lists the subcommands of CLIENT.',
  complexity: 'O(1)',
  flags: ['loading', 'stale'],
  run(_ctx, _args, reply) {
    reply.array(HELP.length)
    for (const line of HELP) reply.simple(line)
  },
})

/** Each subcommand with its arguments as people write them. */
const usages: readonly (readonly [usage: string, command: Command, ...more: string[]])[] = [
  ['GETNAME', clientGetName],
  ['ID', clientId],
  ['INFO', clientInfo],
  [
    'KILL <ip:port> | <filter> <value> [<filter> <value> ...]',
    clientKill,
    'Filters: ADDR, LADDR (<ip:port>|<unixsocket>:0), TYPE (NORMAL|MASTER|REPLICA|PUBSUB),',
    'USER <username>, ID <client-id>, MAXAGE <seconds>, SKIPME (YES|NO), which is YES unless set.',
  ],
  ['LIST [TYPE (NORMAL|MASTER|REPLICA|PUBSUB) | ID <client-id> [<client-id> ...]]', clientList],
  ['NO-EVICT (ON|OFF)', clientNoEvict],
  ['NO-TOUCH (ON|OFF)', clientNoTouch],
  ['PAUSE <timeout> [WRITE|ALL]', clientPause],
  ['REPLY (ON|OFF|SKIP)', clientReply],
  ['SETINFO (LIB-NAME|LIB-VER) <value>', clientSetInfo],
  ['SETNAME <name>', clientSetName],
  ['UNBLOCK <client-id> [TIMEOUT|ERROR]', clientUnblock],
  ['UNPAUSE', clientUnpause],
  ['HELP', help],
]

const HELP = [
  'CLIENT <subcommand> [<arg> [value] [opt] ...]. Subcommands are:',
  ...usages.flatMap(([usage, command, ...more]) => [
    usage,
    ...[command.summary ?? '', ...more].map((line) => `    ${line}`),
  ]),
]

export const client = defineCommand({
  name: 'CLIENT',
  group: 'connection',
  since: '2.4.0',
  summary: 'Looks at connections and steers them.',
  complexity: 'that of the subcommand',
  subcommands: usages.map(([, command]) => command),
})
