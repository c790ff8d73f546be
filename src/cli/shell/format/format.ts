// format.ts: decoded replies as text, in the output formats of redis-cli. Text is binary: one
// character per byte, so that values pass through unharmed.

import type { AggregateReply, DecodedReply } from '../../../formats/resp.ts'
import { binary } from './output.ts'
import { quote, quoteJson } from './quote.ts'
import { formatStandard } from './standard.ts'

/** How replies are shown: for eyes, bare, as CSV, as JSON, or as JSON in plain ASCII. */
export type OutputMode = 'standard' | 'raw' | 'csv' | 'json' | 'quoted-json'

export interface Format {
  mode: OutputMode
  /** Stands between the elements of a bare reply. */
  delimiter: string
  /** Stands behind each bare reply. */
  commandDelimiter: string
}

/** A reply with the end of line (or delimiter) its mode asks for. */
export function formatReply(reply: DecodedReply, format: Format): string {
  switch (format.mode) {
    case 'standard':
      return formatStandard(reply)
    case 'raw':
      return formatRaw(reply, format.delimiter) + format.commandDelimiter
    case 'csv':
      return `${formatCsv(reply)}\n`
    case 'json':
      return `${formatJson(reply, quoteJson)}\n`
    default:
      return `${formatJson(reply, quoteAscii)}\n`
  }
}

/** The bare bytes of a reply: what scripts want, and what INFO and its kind are shown as. */
export function formatRaw(reply: DecodedReply, delimiter: string): string {
  switch (reply.type) {
    case 'nil':
      return ''
    case 'error':
      return `${binary(reply.bytes)}\n`
    case 'boolean':
      return reply.value ? '(true)' : '(false)'
    case 'map':
      return pairs(reply)
        .map(([key, value]) => `${formatRaw(key, delimiter)} ${formatRaw(value, delimiter)}`)
        .join(delimiter)
    case 'array':
    case 'set':
    case 'push':
      return reply.items.map((item) => formatRaw(item, delimiter)).join(delimiter)
    default:
      return plain(reply)
  }
}

function formatCsv(reply: DecodedReply): string {
  switch (reply.type) {
    case 'nil':
      return 'NULL'
    case 'error':
      return `ERROR,${quote(binary(reply.bytes))}`
    case 'boolean':
      return String(reply.value)
    case 'string':
    case 'status':
    case 'verbatim':
      return quote(binary(reply.bytes))
    case 'array':
    case 'map':
    case 'set':
    case 'push':
      return reply.items.map(formatCsv).join(',')
    default:
      return plain(reply)
  }
}

function formatJson(reply: DecodedReply, quoted: (text: string) => string): string {
  switch (reply.type) {
    case 'nil':
      return 'null'
    case 'error':
      return `error:${quoted(binary(reply.bytes))}`
    case 'boolean':
      return String(reply.value)
    case 'string':
    case 'status':
    case 'verbatim':
      return quoted(binary(reply.bytes))
    case 'map': {
      const members = pairs(reply).map(
        ([key, value]) => `${jsonKey(formatJson(key, quoted))}:${formatJson(value, quoted)}`,
      )
      return `{${members.join(',')}}`
    }
    case 'array':
    case 'set':
    case 'push':
      return `[${reply.items.map((item) => formatJson(item, quoted)).join(',')}]`
    default:
      return plain(reply)
  }
}

// JSON's keys are strings, RESP3's may be anything: a number is put between quotes.
function jsonKey(text: string): string {
  return text.startsWith('"') || text.startsWith('error:') ? text : `"${text}"`
}

// The backslashes of redis-cli's own quoting are doubled: JSON reads \x no more than \a.
function quoteAscii(text: string): string {
  return quote(text).replaceAll('\\', '\\\\')
}

/** The keys of a map with their values. */
export function pairs(map: AggregateReply): [DecodedReply, DecodedReply][] {
  const found: [DecodedReply, DecodedReply][] = []
  for (let at = 0; at + 1 < map.items.length; at += 2) {
    found.push([map.items[at]!, map.items[at + 1]!])
  }
  return found
}

/** What needs no marks of its own: texts and numbers. */
function plain(reply: DecodedReply): string {
  if ('bytes' in reply) return binary(reply.bytes)
  if (reply.type === 'double') return reply.text
  return reply.type === 'integer' ? String(reply.value) : ''
}
