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
  const witness = await siege.ours.connect()
  while (survival.requests < siege.requests) {
    const bursts = Array.from({ length: wave }, () => makeBurst(seed))
    const asked = Date.now()
    const pong = witness.call('PING').then(() => Date.now() - asked)
    const found = await Promise.all(bursts.map((burst) => duel(siege, burst.bytes)))
    survival.waitMsMax = Math.max(survival.waitMsMax, await pong)
    for (const burst of bursts) survival.requests += burst.requests
    for (const difference of found) {
      if (difference === undefined) continue
      survival.mismatches.push(describe(await shortest(siege, difference)))
      if (survival.mismatches.length >= siege.mismatchesMax) return survival
    }
  }
  witness.close()
  survival.memory = residentMemory(siege.ours.pid)
  return survival
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
