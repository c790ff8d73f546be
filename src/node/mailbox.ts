// mailbox.ts: collects what the engine sends to a session inside the same process.

import type { Output } from '../bytes/output.ts'
import type { Transport } from '../engine/ports.ts'

export class Mailbox implements Transport {
  /** As Transport's. */
  readonly waits: (isWaiting: boolean) => void
  readonly address = '127.0.0.1:0'
  readonly localAddress = '127.0.0.1:0'
  readonly descriptor = -1
  readonly pending = 0
  parts: Uint8Array[] = []
  /** Called when something has come. */
  onMail: (() => void) | undefined = undefined
  /** Called when the conversation has ended. */
  onClose: (() => void) | undefined = undefined

  constructor(waits: (isWaiting: boolean) => void) {
    this.waits = waits
  }

  send(output: Output): void {
    this.parts.push(output.collect())
    this.onMail?.()
  }

  close(): void {
    this.onClose?.()
  }

  /** Takes all that has come, in one piece. */
  empty(): Uint8Array {
    const { parts } = this
    this.parts = []
    return parts.length === 1 ? parts[0]! : Buffer.concat(parts)
  }
}
