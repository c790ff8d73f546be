// duplex.ts: a stream with the engine at its other end, for clients that can be handed one.

import { Duplex } from 'node:stream'
import type { Output } from '../bytes/output.ts'
import type { Engine } from '../engine/engine.ts'
import type { Transport } from '../engine/ports.ts'
import type { Session } from '../engine/session.ts'

export class EngineDuplex extends Duplex implements Transport {
  readonly address = ''
  readonly localAddress = ''
  readonly descriptor = -1
  private readonly session: Session

  constructor(engine: Engine) {
    super()
    this.session = engine.open(this)
  }

  get pending(): number {
    return this.readableLength
  }

  send(output: Output): void {
    this.push(output.collect())
  }

  close(): void {
    this.push(null)
  }

  override _write(chunk: Uint8Array, _encoding: string, done: () => void): void {
    this.session.receive(chunk)
    this.session.flush()
    done()
  }

  override _read(): void {}

  override _final(done: () => void): void {
    this.session.end()
    done()
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.session.end()
    done(error)
  }
}
