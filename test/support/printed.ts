// printed.ts: a reply as redis-cli prints it on a terminal, the notation of the transcripts.
import type { Decoded } from './resp.ts'

const empty = {
  array: '(empty array)',
  set: '(empty set)',
  push: '(empty push)',
  map: '(empty hash)',
  attribute: '(empty attribute)',
}

const marks = { array: ')', set: '~', push: '>', map: '#', attribute: '|' }

/** The lines redis-cli would print, without the last line end. */
export function printed(value: Decoded, indent = ''): string {
  switch (value.kind) {
    case 'error':
      return `(error) ${value.text}`
    case 'integer':
    case 'double':
      return `(${value.kind}) ${value.text}`
    case 'boolean':
      return value.text === 't' ? '(true)' : '(false)'
    case 'simple':
    case 'number':
      return value.text
    case 'bulk':
      return quoted(value.bytes)
    case 'verbatim':
      // The first four bytes name the format, `txt:`; the text is shown as it is, but a last line
      // end would read as the end of the reply.
      return value.bytes.toString('latin1', 4).replace(/\r?\n$/, '')
    case 'nil':
      return '(nil)'
    default:
      return printedList(value, indent)
  }
}

type List = Extract<Decoded, { items: Decoded[] }>

function printedList({ kind, items }: List, indent: string): string {
  if (items.length === 0) return empty[kind]
  const isMap = kind === 'map' || kind === 'attribute'
  const count = isMap ? items.length / 2 : items.length
  const width = String(count).length
  const deeper = indent + ' '.repeat(width + 2)
  const lines: string[] = []
  for (let i = 0; i < count; i++) {
    const start = `${i === 0 ? '' : indent}${String(i + 1).padStart(width)}${marks[kind]} `
    const item = items[isMap ? i * 2 : i] as Decoded
    const value = isMap ? mapValue(items[i * 2 + 1] as Decoded, deeper) : ''
    lines.push(start + printed(item, deeper) + value)
  }
  return lines.join('\n')
}

/** A value of a map that takes more than one line starts on a line of its own. */
function mapValue(value: Decoded, indent: string): string {
  return ` => ${isMultiline(value) ? `\n${indent}` : ''}${printed(value, indent)}`
}

function isMultiline(value: Decoded): boolean {
  if (!('items' in value) || value.items.length === 0) return false
  const single = value.kind === 'map' ? 2 : 1
  if (value.items.length > single) return true
  return isMultiline(value.items[single - 1] as Decoded)
}

const escapes: Record<string, string> = {
  '\\': '\\\\',
  '"': '\\"',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\x07': '\\a',
  '\b': '\\b',
}

/** Bytes between double quotes, with escapes for what a terminal cannot show. */
export function quoted(bytes: Uint8Array): string {
  let text = '"'
  for (const byte of bytes) {
    const char = String.fromCharCode(byte)
    const isShown = byte >= 0x20 && byte < 0x7f
    text += escapes[char] ?? (isShown ? char : `\\x${byte.toString(16).padStart(2, '0')}`)
  }
  return `${text}"`
}
