// stat.ts: `--stat`: a line about the server each second.

import { setTimeout as pause } from 'node:timers/promises'
import { humanBytes } from '../../../features/server/info-format.ts'
import { drained, say } from '../format/output.ts'
import type { Session } from '../session.ts'
import { askPatiently, textOf } from './mode.ts'

const INTERVAL_MS = 1000
const LINES_PER_HEAD = 20
const HEAD = `\
------- data ------ --------------------- load -------------------- - child -
keys       mem      clients blocked requests            connections          `

export async function stat(session: Session): Promise<void> {
  const intervalMs = session.settings.intervalMs || INTERVAL_MS
  let before: number | undefined
  for (let lines = 0; ; lines++) {
    const info = textOf(await askPatiently(session, ['INFO']))
    if (lines % LINES_PER_HEAD === 0) say(HEAD)
    const requests = field(info, 'total_commands_processed')
    say(line(info, requests - (before ?? requests)))
    before = requests
    await drained()
    await pause(intervalMs)
  }
}

function line(info: string, added: number): string {
  const requests = field(info, 'total_commands_processed')
  return [
    String(keyCount(info)).padEnd(11),
    humanBytes(field(info, 'used_memory')).padEnd(8),
    ` ${field(info, 'connected_clients')}`.padEnd(9),
    String(field(info, 'blocked_clients')).padEnd(8),
    `${requests} (+${added})`.padEnd(19),
    ` ${field(info, 'total_connections_received')}`.padEnd(13),
    child(info),
  ].join('')
}

/** Keys of all databases. */
function keyCount(info: string): number {
  let sum = 0
  for (const [, keys] of info.matchAll(/^db\d+:keys=(\d+)/gm)) sum += Number(keys)
  return sum
}

function child(info: string): string {
  if (field(info, 'loading') > 0) return 'LOAD'
  const saves = field(info, 'rdb_bgsave_in_progress') > 0
  const rewrites = field(info, 'aof_rewrite_in_progress') > 0
  return [saves ? 'SAVE' : [], rewrites ? 'AOF' : []].flat().join('+')
}

function field(info: string, name: string): number {
  return Number(new RegExp(`^${name}:(\\d+)`, 'm').exec(info)?.[1] ?? 0)
}
