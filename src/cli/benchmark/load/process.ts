// process.ts: the load generator as a process of its own, for runs with several threads and
// for scenarios whose own measuring must not be disturbed by it. It takes one job by message.
import type { LoadJob, LoadProgress, LoadResult } from './job.ts'
import { ServerRefusal } from './job.ts'
import { LoadRun } from './run.ts'

const PROGRESS_MS = 250

/** What the process says: first progress, then how it ended. */
export type LoadMessage =
  | { type: 'progress'; progress: LoadProgress }
  | { type: 'result'; result: LoadResult }
  | { type: 'refused'; reply: string }
  | { type: 'failed'; reason: string }

process.once('message', (job: LoadJob) => {
  const run = new LoadRun(job)
  const timer = setInterval(() => say({ type: 'progress', progress: run.progress() }), PROGRESS_MS)
  run
    .run()
    .then(
      (result): LoadMessage => ({ type: 'result', result }),
      (error: Error): LoadMessage =>
        error instanceof ServerRefusal
          ? { type: 'refused', reply: error.reply }
          : { type: 'failed', reason: error.message },
    )
    .then((message) => {
      clearInterval(timer)
      say(message, () => process.disconnect())
    })
})

function say(message: LoadMessage, sent?: () => void): void {
  process.send?.(message, undefined, undefined, sent)
}
