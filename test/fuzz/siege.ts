// siege.ts: bursts of bad requests against our server, each compared with the reference's answer,
// while a second client keeps being served.
import { readFileSync } from 'node:fs'
import { quoted } from '../support/printed.ts'
import { Seed } from '../support/seed.ts'
import type { TestServer } from '../support/servers.ts'
import { shorten } from '../support/shorten.ts'
import { type Answer, probe, sameAnswer } from './probe.ts'
import { makeBurst } from './requests.ts'

/** Connections open at a time. */
const wave = 24
const trialsMax = 300

export interface Siege {
  ours: TestServer
  /** Without a reference the server only has to survive. */
  theirs: TestServer | undefined
  requests: number
  seed: number
  mismatchesMax: number
}

export interface Survival {
  requests: number
  mismatches: string[]
  /** The longest a second client waited for an answer, in milliseconds. */
  waitMsMax: number
  /** The server's resident memory afterwards, in bytes; undefined where the system does not say. */
  memory: number | undefined
}

export async function besiege(siege: Siege): Promise<Survival> {
  const seed = new Seed(siege.seed)
  const survival: Survival = { requests: 0, mismatches: [], waitMsMax: 0, memory: undefined }
  while (survival.requests < siege.requests) {
    const bursts = Array.from({ length: wave }, () => makeBurst(seed))
    const [found, waitMs] = await Promise.all([
      Promise.all(bursts.map((burst) => duel(siege, burst.bytes))),
      witness(siege.ours),
    ])
    survival.waitMsMax = Math.max(survival.waitMsMax, waitMs)
    for (const burst of bursts) survival.requests += burst.requests
    for (const difference of found) {
      const alone = difference && (await again(siege, difference))
      if (alone === undefined) continue
      const shown = describe(await shortest(siege, alone))
      if (!survival.mismatches.includes(shown)) survival.mismatches.push(shown)
      if (survival.mismatches.length >= siege.mismatchesMax) return survival
    }
  }
  survival.memory = residentMemory(siege.ours.pid)
  return survival
}

/** How long a second client waits for one answer, in milliseconds; for ever from a dead server. */
async function witness(server: TestServer): Promise<number> {
  const asked = Date.now()
  try {
    const wire = await server.connect()
    await wire.call('PING')
    wire.close()
    return Date.now() - asked
  } catch {
    return Number.POSITIVE_INFINITY
  }
}

/** When one burst of a wave brings the server down, the others are refused: only one counts. */
async function again(siege: Siege, difference: Difference): Promise<Difference | undefined> {
  if (!siege.ours.isAlive()) await siege.ours.restart()
  const alone = await duel(siege, difference.request)
  return alone ?? (difference.ours.end === 'refused' ? undefined : difference)
}

interface Difference {
  request: Buffer
  ours: Answer
  theirs: Answer
}

async function duel({ ours, theirs }: Siege, request: Buffer): Promise<Difference | undefined> {
  const [one, other] = await Promise.all([
    probe(ours.port, request),
    theirs === undefined ? undefined : probe(theirs.port, request),
  ])
  if (other === undefined) return undefined
  return sameAnswer(one, other) ? undefined : { request, ours: one, theirs: other }
}

async function shortest(siege: Siege, difference: Difference): Promise<Difference> {
  const attempt = async (list: number[]) => {
    if (!siege.ours.isAlive()) await siege.ours.restart()
    const proof = await duel(siege, Buffer.from(list))
    return proof === undefined ? undefined : { list, proof }
  }
  const first = { list: [...difference.request], proof: difference }
  return (await shorten(first, attempt, trialsMax)).proof
}

function describe({ request, ours, theirs }: Difference): string {
  const shown = ({ bytes, end }: Answer) => `${end} ${quoted(bytes.subarray(0, 500))}`
  return [
    `sent:        ${quoted(request.subarray(0, 1000))}`,
    `  ours:      ${shown(ours)}`,
    `  reference: ${shown(theirs)}`,
  ].join('\n')
}

/** What the system counts for a process, where it tells (Linux). */
export function residentMemory(pid: number): number | undefined {
  try {
    const line = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
    return line === null ? undefined : Number(line[1]) * 1024
  } catch {
    return undefined
  }
}
