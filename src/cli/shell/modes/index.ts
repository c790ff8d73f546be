// index.ts: the modes by the flag that asks for them.

import type { Session } from '../session.ts'
import { bigKeys } from './big-keys.ts'
import { hotKeys } from './hot-keys.ts'
import { intrinsicLatency } from './intrinsic-latency.ts'
import { latency } from './latency.ts'
import { latencyDistribution } from './latency-distribution.ts'
import type { Mode } from './mode.ts'
import { scan } from './scan.ts'
import { stat } from './stat.ts'

export type ModeName =
  | 'scan'
  | 'bigkeys'
  | 'memkeys'
  | 'hotkeys'
  | 'stat'
  | 'latency'
  | 'latency-history'
  | 'latency-dist'

const modes: Readonly<Record<ModeName, Mode>> = {
  scan,
  bigkeys: bigKeys,
  memkeys: bigKeys,
  hotkeys: hotKeys,
  stat,
  latency,
  'latency-history': latency,
  'latency-dist': latencyDistribution,
}

/**
 * Runs the mode that the command line asks for.
 *
 * @returns the exit code; undefined where no mode is asked for.
 */
export async function runMode(session: Session): Promise<number | undefined> {
  const { mode, intrinsicSeconds } = session.settings
  if (intrinsicSeconds !== undefined) {
    await intrinsicLatency(intrinsicSeconds)
    return 0
  }
  if (mode === undefined) return undefined
  if (!(await session.connect())) return 1
  await modes[mode](session)
  return 0
}
