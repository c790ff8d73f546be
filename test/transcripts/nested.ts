// nested.ts: plays transcripts with each command inside another one, as scripts and modules run
// them: replies and what they leave behind must be the same.
import { Request, RequestLimits, type Words } from '#src/bytes/wire/request.js'
import { core } from '#src/core.js'
import { defineCommand } from '#src/engine/command/command.js'
import { defineModule } from '#src/engine/contract/module.js'
import { encodeRequest, readReply } from '../support/resp.ts'
import { type Client, Stage as Engine } from '../support/stage.ts'
import type { WireReply } from '../support/wire.ts'
import type { Mode, Stage, Talk } from './modes.ts'

/** Groups of transcripts about data; the others are about conversations, which are not nested. */
const data =
  /^(bitmaps|expiry|geo|hashes|hyperloglog|keys|lists|sets|sort|sorted-sets|streams|strings)\//

/** What only a client can ask for, or what ends differently where nobody may wait. */
const plain = /^(MULTI|EXEC|DISCARD|(UN)?WATCH|CLIENT|CONFIG|DEBUG|INFO|B[LRZ]\w+|\w*SUBSCRIBE)$/i

const nest = defineModule({
  name: 'nest',
  commands: [
    defineCommand({
      name: 'NEST',
      group: 'generic',
      syntax: 'command argument*',
      flags: ['write', 'runs_commands'],
      run({ engine, session }, { words }) {
        engine.dispatcher.invoke(session, inner(words))
      },
    }),
  ],
})

/** All but the first word, as a request of its own. */
function inner({ bytes, starts, ends, count }: Words): Words {
  const request = new Request(new RequestLimits()).words
  request.bytes = bytes
  for (let i = 1; i < count; i++) request.add(starts[i]!, ends[i]!)
  return request
}

export const nestedMode: Mode = {
  name: 'nested resp3',
  isClockManual: true,
  plays: (name) => data.test(name) && !name.includes('block'),
  open: async () => ({ stage: async () => openStage(), close: async () => {} }),
}

function openStage(): Stage {
  const config = ['enable-debug-command yes']
  const engine = new Engine({ modules: [...core, nest], seed: 42, config })
  const talks = new Map<number, NestedTalk>()
  return {
    isClockManual: true,
    protocol: 3,
    async talk(session) {
      const known = talks.get(session) ?? new NestedTalk(engine.open())
      talks.set(session, known)
      return known
    },
    advance: async (ms) => engine.wait(ms),
    close: async () => {},
  }
}

class NestedTalk implements Talk {
  private readonly client: Client
  private readonly ready: WireReply[] = []

  constructor(client: Client) {
    this.client = client
    client.call('HELLO', 3)
  }

  send(bytes: Uint8Array): void {
    this.hear(this.client.feed(nested(bytes)))
  }

  async next(): Promise<WireReply> {
    if (this.ready.length === 0) this.hear(this.client.read())
    const reply = this.ready.shift()
    if (reply === undefined) throw new Error('no reply')
    return reply
  }

  async hasClosed(): Promise<boolean> {
    return this.client.closed
  }

  unread(): WireReply[] {
    return this.ready.splice(0)
  }

  private hear(text: string): void {
    const answer = Buffer.from(text, 'latin1')
    for (let at = 0; at < answer.length; ) {
      const read = readReply(answer, at)
      if (read === undefined) throw new Error('half a reply')
      this.ready.push({ raw: answer.subarray(at, read.end), value: read.value })
      at = read.end
    }
  }
}

/** The same request inside another one, unless it is more or less than one or has to stay plain. */
function nested(bytes: Uint8Array): Uint8Array {
  const request = new Request(new RequestLimits())
  request.feed(bytes)
  if (request.next() !== 1 || request.pending > 0) return bytes
  const { words } = request
  const texts: Uint8Array[] = []
  for (let i = 0; i < words.count; i++) {
    texts.push(words.bytes.slice(words.starts[i], words.ends[i]))
  }
  const name = Buffer.from(texts[0] ?? []).toString('latin1')
  return plain.test(name) ? bytes : encodeRequest([Buffer.from('NEST'), ...texts])
}
