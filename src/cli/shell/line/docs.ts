// docs.ts: a server's COMMAND DOCS as hints.

import type { DecodedReply } from '../../../formats/resp.ts'
import { readable } from '../format/output.ts'
import type { CommandArgument } from './hint-slots.ts'
import type { CommandHint } from './hints.ts'

/** The commands and subcommands a reply to COMMAND DOCS tells of, sorted by name. */
export function readDocs(reply: DecodedReply): CommandHint[] {
  const found: CommandHint[] = []
  for (const [name, docs] of members(reply)) readCommand(name.toUpperCase(), docs, found)
  return found.sort((one, other) => (one.name < other.name ? -1 : 1))
}

function readCommand(name: string, docs: DecodedReply, found: CommandHint[]): void {
  const fields = new Map(members(docs))
  found.push({
    name,
    summary: textOf(fields.get('summary')),
    since: textOf(fields.get('since')),
    group: textOf(fields.get('group')),
    arguments: itemsOf(fields.get('arguments')).map(readArgument),
  })
  const subcommands = fields.get('subcommands')
  if (subcommands === undefined) return
  for (const [full, sub] of members(subcommands)) {
    // A subcommand is called 'client|list'.
    readCommand(full.toUpperCase().replace('|', ' '), sub, found)
  }
}

function readArgument(reply: DecodedReply): CommandArgument {
  const fields = new Map(members(reply))
  const argument: CommandArgument = {
    name: textOf(fields.get('name')),
    type: textOf(fields.get('type')),
  }
  const token = fields.get('token')
  if (token !== undefined) argument.token = textOf(token)
  const displayText = fields.get('display_text')
  if (displayText !== undefined) argument.displayText = textOf(displayText)
  const flags = itemsOf(fields.get('flags')).map(textOf)
  argument.optional = flags.includes('optional')
  argument.multiple = flags.includes('multiple')
  argument.multipleToken = flags.includes('multiple_token')
  argument.arguments = itemsOf(fields.get('arguments')).map(readArgument)
  return argument
}

/** The keys and values of a map, which RESP2 sends as a flat array. */
function members(reply: DecodedReply): [string, DecodedReply][] {
  const items = itemsOf(reply)
  const found: [string, DecodedReply][] = []
  for (let at = 0; at + 1 < items.length; at += 2) found.push([textOf(items[at]), items[at + 1]!])
  return found
}

function itemsOf(reply: DecodedReply | undefined): DecodedReply[] {
  return reply !== undefined && 'items' in reply ? reply.items : []
}

function textOf(reply: DecodedReply | undefined): string {
  return reply !== undefined && 'bytes' in reply ? readable(reply.bytes) : ''
}
