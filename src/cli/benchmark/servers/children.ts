// children.ts: every process a benchmark starts, so that none outlives it.
//
// Servers are started in process groups of their own: a wrapper script that does not `exec` its
// server takes it along when it is stopped. Only groups and processes started here are ever
// signalled, by their id.
import type { ChildProcess } from 'node:child_process'
import { rmSync } from 'node:fs'

export interface ChildTraits {
  /** It was started `detached`: signals go to it and to all that it started. */
  leadsGroup?: boolean
  /** A folder made for it, removed when it has ended. */
  folder?: string
}

const running = new Map<ChildProcess, ChildTraits>()
let isWatching = false

/** Remembers a child until it has ended, and kills it should this process end first. */
export function track(child: ChildProcess, traits: ChildTraits = {}): void {
  watch()
  running.set(child, traits)
  const forget = () => {
    running.delete(child)
    removeFolder(traits)
  }
  // A group may outlive its leader; the pipes it holds close with its last member.
  child.once('close', forget)
  child.once('error', forget)
}

/** Sends a signal to a tracked child, or to its whole group if it leads one. */
export function signalChild(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined || !running.has(child)) return
  try {
    process.kill(running.get(child)?.leadsGroup ? -child.pid : child.pid, signal)
  } catch {
    // It has just ended by itself.
  }
}

function killAll(): void {
  for (const [child, traits] of running) {
    signalChild(child, 'SIGKILL')
    removeFolder(traits)
  }
}

function removeFolder({ folder }: ChildTraits): void {
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true })
}

// Listeners for signals replace the default end of the process, so they are added only once
// there is something to stop.
function watch(): void {
  if (isWatching) return
  isWatching = true
  process.once('exit', killAll)
  const codes = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const
  for (const [signal, code] of Object.entries(codes)) {
    process.once(signal, () => process.exit(code))
  }
}
