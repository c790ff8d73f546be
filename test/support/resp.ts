// resp.ts: the tests' own reading of RESP2 and RESP3, independent of the code it judges.

/** A decoded reply; byte strings keep their bytes, numbers their digits. */
export type Decoded =
  | { kind: 'simple' | 'error' | 'integer' | 'double' | 'boolean' | 'number'; text: string }
  | { kind: 'bulk' | 'verbatim'; bytes: Buffer }
  | { kind: 'nil' }
  | { kind: 'array' | 'set' | 'push' | 'map' | 'attribute'; items: Decoded[] }

const lineKinds = {
  '+': 'simple',
  '-': 'error',
  ':': 'integer',
  ',': 'double',
  '#': 'boolean',
  '(': 'number',
} as const

const listKinds = { '*': 'array', '~': 'set', '>': 'push', '%': 'map', '|': 'attribute' } as const

/** What one reading of a buffer gave: the reply and where the next one begins. */
export interface Read {
  value: Decoded
  end: number
}

/**
 * Reads the reply that starts at `at`.
 * @returns undefined when the buffer ends before the reply does.
 * @throws Error when the bytes are no RESP reply.
 */
export function readReply(buffer: Buffer, at = 0): Read | undefined {
  const lineEnd = buffer.indexOf('\r\n', at)
  if (lineEnd < 0) return undefined
  const type = String.fromCharCode(buffer[at] ?? 0)
  const text = buffer.toString('latin1', at + 1, lineEnd)
  const next = lineEnd + 2
  if (type === '_') return { value: { kind: 'nil' }, end: next }
  const lineKind = lineKinds[type as keyof typeof lineKinds]
  if (lineKind !== undefined) return { value: { kind: lineKind, text }, end: next }
  if (type === '$' || type === '=') return readBytes(buffer, next, { type, text })
  const listKind = listKinds[type as keyof typeof listKinds]
  if (listKind !== undefined) return readList(buffer, next, { kind: listKind, count: Number(text) })
  throw new Error(`not a reply: ${JSON.stringify(buffer.toString('latin1', at, lineEnd))}`)
}

function readBytes(buffer: Buffer, at: number, head: { type: string; text: string }) {
  const length = Number(head.text)
  if (length < 0) return { value: { kind: 'nil' }, end: at } as const
  const end = at + length
  if (buffer.length < end + 2) return undefined
  const kind = head.type === '$' ? 'bulk' : 'verbatim'
  return { value: { kind, bytes: Buffer.from(buffer.subarray(at, end)) }, end: end + 2 } as const
}

interface ListHead {
  kind: 'array' | 'set' | 'push' | 'map' | 'attribute'
  count: number
}

function readList(buffer: Buffer, at: number, { kind, count }: ListHead): Read | undefined {
  if (count < 0) return { value: { kind: 'nil' }, end: at }
  const items: Decoded[] = []
  const total = kind === 'map' || kind === 'attribute' ? count * 2 : count
  let end = at
  for (let i = 0; i < total; i++) {
    const item = readReply(buffer, end)
    if (item === undefined) return undefined
    items.push(item.value)
    end = item.end
  }
  return { value: { kind, items }, end }
}

/** The bytes of one request: an array of bulk strings. */
export function encodeRequest(args: readonly (string | Uint8Array)[]): Buffer {
  const parts: Uint8Array[] = [Buffer.from(`*${args.length}\r\n`)]
  for (const arg of args) {
    const bytes = typeof arg === 'string' ? Buffer.from(arg) : arg
    parts.push(Buffer.from(`$${bytes.length}\r\n`), bytes, Buffer.from('\r\n'))
  }
  return Buffer.concat(parts)
}
