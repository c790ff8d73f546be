// protocol.ts: DEBUG PROTOCOL: a reply of each kind, for the tests of clients.

import type { Reply } from '../../bytes/wire/reply.ts'
import type { DebugSubcommand } from '../../engine/contract/debug-subcommand.ts'
import { errors } from './errors.ts'

export const protocol: DebugSubcommand = {
  name: 'PROTOCOL',
  usage: '<type>',
  help: [
    'Answers with a value of the type: string, integer, double, bignum, null, array, set, map,',
    'attrib, push, verbatim, true, false.',
  ],
  words: [3, 3],
  run(_ctx, args, reply) {
    const found = samples.find(([name]) => args.is(2, name))
    if (found === undefined) throw errors.debugProtocolType
    found[1](reply)
  },
}

const samples: readonly (readonly [name: string, write: (reply: Reply) => void])[] = [
  ['STRING', (reply) => reply.text('Hello World')],
  ['INTEGER', (reply) => reply.integer(12345)],
  ['DOUBLE', (reply) => reply.double(3141 / 1000)],
  ['BIGNUM', (reply) => reply.bigNumber('1234567999999999999999999999999999999')],
  ['NULL', (reply) => reply.nil()],
  ['ARRAY', (reply) => writeNumbers(reply, () => reply.array(3))],
  ['SET', (reply) => writeNumbers(reply, () => reply.set(3))],
  ['MAP', writeMap],
  ['ATTRIB', writeAttribute],
  ['PUSH', writePush],
  ['VERBATIM', (reply) => reply.verbatim('txt', 'This is a verbatim\nstring')],
  ['TRUE', (reply) => reply.boolean(true)],
  ['FALSE', (reply) => reply.boolean(false)],
]

function writeNumbers(reply: Reply, head: () => void): void {
  head()
  for (let i = 0; i < 3; i++) reply.integer(i)
}

function writeMap(reply: Reply): void {
  reply.map(3)
  for (let i = 0; i < 3; i++) {
    reply.integer(i)
    reply.boolean(i === 1)
  }
}

function writeAttribute(reply: Reply): void {
  if (reply.protocol === 3) {
    reply.attribute(1)
    reply.text('key-popularity')
    reply.array(2)
    reply.text('key:123')
    reply.integer(90)
  }
  // An attribute stands before a reply and is none.
  reply.text('Some real reply following the attribute')
}

function writePush(reply: Reply): void {
  if (reply.protocol === 2) throw errors.debugPush
  // A push is no reply: the client waits for one, and a push of its own command comes behind it.
  reply.text('Some real reply following the push reply')
  reply.push(2)
  reply.text('server-cpu-usage')
  reply.integer(42)
}
