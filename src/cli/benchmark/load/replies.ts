// replies.ts: the few shapes of replies that a benchmark reads by their contents.
import type { DecodedReply } from '../../../formats/resp.ts'

/** The text of a string, status or error reply, up to its first line end; empty otherwise. */
export function firstLine(reply: DecodedReply): string {
  return replyText(reply).split('\r\n', 1)[0] ?? ''
}

/** The text of a string, status, error or verbatim reply, an integer's digits; empty otherwise. */
export function replyText(reply: DecodedReply): string {
  if (reply.type === 'integer') return String(reply.value)
  return 'bytes' in reply ? Buffer.from(reply.bytes).toString() : ''
}

/** The texts of an array's or a map's items; empty for everything else. */
export function itemTexts(reply: DecodedReply): string[] {
  return 'items' in reply ? reply.items.map(replyText) : []
}

/** A number from INFO; 0 when it is not there. */
export function infoNumber(info: string, field: string): number {
  return Number(new RegExp(`^${field}:([\\d.]+)`, 'm').exec(info)?.[1] ?? 0)
}
