// scene.ts: a whole engine in this process, and conversations with it that begin when needed.
import type { Engine } from '#src/engine/dispatch/engine.js'
import type { Argument } from '../differential/arguments.js'
import { encodeRequest } from '../support/resp.ts'
import { type Client, Stage } from '../support/stage.ts'
import { MemoryStorage } from '../support/storage.ts'

export class Scene {
  private readonly stage: Stage
  private readonly clients = new Map<number, Client>()

  constructor(seed = 1) {
    this.stage = new Stage({
      seed,
      host: { storage: new MemoryStorage() },
      config: ['enable-debug-command yes'],
    })
  }

  get engine(): Engine {
    return this.stage.engine
  }

  /**
   * Sends bytes in a conversation, which begins with them if need be; one that waits ends first.
   * @returns what all conversations answered
   */
  send(conversation: number, bytes: Uint8Array): Buffer {
    let client = this.clients.get(conversation)
    if (client?.session.suspended) client.session.end()
    if (client === undefined || client.session.ended) {
      client = this.stage.open()
      this.clients.set(conversation, client)
    }
    client.loopback.feed(bytes)
    const heard = [...this.clients.values()].map((one) => Buffer.from(one.read(), 'latin1'))
    return Buffer.concat(heard)
  }

  /** Sends a command. */
  run(conversation: number, words: readonly Argument[]): Buffer {
    return this.send(conversation, encodeRequest(words.map((word) => Buffer.from(word as string))))
  }

  /** Lets time go by. */
  advance(ms: number): void {
    this.stage.wait(ms)
  }
}
