// standard.ts: replies for human eyes: types named, strings quoted, elements numbered and
// indented. Scripts and test suites read this format too, so its spaces are part of it.
//
//   1) "one"             2# "key" => 1) "nested"        the number's width is that of the largest
//   2) 1~ (integer) 2               2) (nil)            index, and nesting indents by width + 2
//      2~ (double) 1.5

import type { AggregateReply, DecodedReply } from '../../../formats/resp.ts'
import { binary } from './output.ts'
import { quote } from './quote.ts'

type Aggregate = AggregateReply['type']

const marks: Record<Aggregate, string> = { array: ')', map: '#', set: '~', push: ')' }

const empty: Record<Aggregate, string> = {
  array: '(empty array)',
  map: '(empty hash)',
  set: '(empty set)',
  push: '(empty push)',
}

/** A reply in the standard format, line end included. */
export function formatStandard(reply: DecodedReply): string {
  return format(reply, '')
}

/** @param indent what lines after the first begin with; the caller has begun the first. */
function format(reply: DecodedReply, indent: string): string {
  const { attributes } = reply
  if (attributes === undefined || attributes.length === 0) return formatBare(reply, indent)
  // redis-cli does not read attributes; they are shown like a map that stands ahead.
  const ahead = formatItems({ type: 'map', items: attributes }, '|', indent)
  return ahead + indent + formatBare(reply, indent)
}

function formatBare(reply: DecodedReply, indent: string): string {
  switch (reply.type) {
    case 'error':
      return `(error) ${binary(reply.bytes)}\n`
    case 'status':
    case 'verbatim':
      return `${binary(reply.bytes)}\n`
    case 'string':
      return `${quote(binary(reply.bytes))}\n`
    case 'bignumber':
      return `(big number) ${binary(reply.bytes)}\n`
    case 'integer':
      return `(integer) ${reply.value}\n`
    case 'double':
      return `(double) ${reply.text}\n`
    case 'boolean':
      return reply.value ? '(true)\n' : '(false)\n'
    case 'nil':
      return '(nil)\n'
    default:
      if (reply.items.length === 0) return `${empty[reply.type]}\n`
      return formatItems(reply, marks[reply.type], indent)
  }
}

function formatItems(reply: AggregateReply, mark: string, indent: string): string {
  const step = reply.type === 'map' ? 2 : 1
  const width = String(Math.floor(reply.items.length / step)).length
  const inner = indent + ' '.repeat(width + 2)
  let text = ''
  for (let at = 0; at < reply.items.length; at += step) {
    const index = String(at / step + 1).padStart(width)
    const first = format(reply.items[at]!, inner)
    text += `${at === 0 ? '' : indent}${index}${mark} `
    text +=
      step === 1 ? first : `${first.slice(0, -1)} => ${formatValue(reply.items[at + 1]!, inner)}`
  }
  return text
}

// A value of several lines begins on a line of its own, else its numbers would not stand in line.
function formatValue(value: DecodedReply, indent: string): string {
  return (hasLines(value) ? `\n${indent}` : '') + format(value, indent)
}

function hasLines(reply: DecodedReply): boolean {
  if (!('items' in reply) || reply.items.length === 0) return false
  const step = reply.type === 'map' ? 2 : 1
  return reply.items.length > step || hasLines(reply.items[step - 1]!)
}
