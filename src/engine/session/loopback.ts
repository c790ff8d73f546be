// loopback.ts: a conversation inside the same process: what the engine sends is kept until it is
// taken. Embedded calls, tests, and whatever feeds recorded requests speak to the engine this way.

import type { Output } from '../../bytes/wire/output.ts'
import type { Transport } from '../contract/ports.ts'
import type { Engine } from '../dispatch/engine.ts'
import type { Session } from './session.ts'

export type LoopbackOptions = {
  /** The client's and the server's address, as CLIENT LIST prints them. */
  readonly address?: string
  readonly localAddress?: string
  /** As Transport's. */
  readonly waits?: (isWaiting: boolean) => void
  /** As Transport's. */
  readonly isProgram?: boolean
}

const HERE = '127.0.0.1:0'

export class Loopback implements Transport {
  readonly session: Session
  readonly waits: (isWaiting: boolean) => void
  readonly address: string
  readonly localAddress: string
  readonly isProgram: boolean
  readonly descriptor = -1
  /** Nothing waits here; a test that plays a slow client says what would. */
  pending = 0
  /** Called when something has come. */
  onReply: (() => void) | undefined = undefined
  /** Called when the conversation has ended. */
  onClose: (() => void) | undefined = undefined
  private parts: Uint8Array[] = []

  /** Opens a session of the engine. */
  constructor(engine: Engine, options: LoopbackOptions = {}) {
    this.waits = options.waits ?? (() => {})
    this.address = options.address ?? HERE
    this.localAddress = options.localAddress ?? HERE
    this.isProgram = options.isProgram ?? false
    this.session = engine.open(this)
  }

  /** Takes bytes as a client sends them; half a request waits for its rest. */
  feed(request: Uint8Array): void {
    this.session.receive(request)
    this.session.flush()
  }

  /** Takes all that the client would have received by now, in RESP, in one piece. */
  take(): Uint8Array {
    const { parts } = this
    if (parts.length === 1) {
      this.parts = []
      return parts[0]!
    }
    let size = 0
    for (const part of parts) size += part.length
    const whole = new Uint8Array(size)
    let at = 0
    for (const part of parts) {
      whole.set(part, at)
      at += part.length
    }
    if (parts.length > 0) this.parts = []
    return whole
  }

  send(output: Output): void {
    this.parts.push(output.collect())
    this.onReply?.()
  }

  close(): void {
    this.onClose?.()
  }
}
