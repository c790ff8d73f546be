// quote.ts: bytes shown between quotes, in the two manners of redis-cli. Text is binary here: one
// character per byte.

const names: Record<string, string> = {
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\b': '\\b',
  '\f': '\\f',
  '\x07': '\\a',
  '"': '\\"',
  '\\': '\\\\',
}

/** A quoted string that `splitWords` reads back: all but printable ASCII is escaped. */
export function quote(text: string): string {
  return `"${text.replace(/[^\x20-\x7e]|["\\]/g, escapeByte)}"`
}

/** A JSON string; bytes of UTF-8 stay as they are. */
export function quoteJson(text: string): string {
  return `"${text.replace(/[\x00-\x1f"\\]/g, escapeUnicode)}"`
}

function escapeByte(char: string): string {
  const hex = char.charCodeAt(0).toString(16).padStart(2, '0')
  return char === '\f' ? `\\x${hex}` : (names[char] ?? `\\x${hex}`)
}

function escapeUnicode(char: string): string {
  const hex = char.charCodeAt(0).toString(16).padStart(4, '0')
  return char === '\x07' ? `\\u${hex}` : (names[char] ?? `\\u${hex}`)
}
