// testing.ts: what tests want: a database whose time stands still and whose chance repeats, empty
// at the start of each test and gone after the last.

import { Rubellite, type RubelliteOptions } from './node/embedded/rubellite.ts'

export { ReplyError } from './engine/dispatch/reply-error.ts'
export { type Duration, milliseconds } from './node/embedded/duration.ts'
export { Rubellite, type RubelliteOptions } from './node/embedded/rubellite.ts'

/** When the clock of `createRubellite` stands: 1 January 2030, UTC. */
export const TEST_START = Date.UTC(2030, 0, 1)

/** The hooks that node:test, vitest, jest and mocha's BDD style have in common. */
export type TestHooks = {
  beforeEach(run: () => void | Promise<void>): unknown
  /** `after` of node:test and mocha. */
  after?(run: () => void | Promise<void>): unknown
  /** `afterAll` of vitest and jest. */
  afterAll?(run: () => void | Promise<void>): unknown
}

/**
 * Opens a database for tests.
 * @param options as for `Rubellite.open`; by default the clock is manual and stands at TEST_START,
 *   and the seed is 1
 */
export function createRubellite(options: RubelliteOptions = {}): Promise<Rubellite> {
  return Rubellite.open({ clock: 'manual', now: TEST_START, seed: 1, ...options })
}

/**
 * Opens a database that is emptied, and whose clock is set back, before each test and is closed
 * after the last: `const db = await useRubellite({ beforeEach, after })`.
 * @param hooks those of the test runner
 * @param options as for `createRubellite`
 */
export async function useRubellite(
  hooks: TestHooks,
  options: RubelliteOptions = {},
): Promise<Rubellite> {
  const db = await createRubellite(options)
  const start = db.clock.now
  hooks.beforeEach(() => {
    db.reset()
    if ((options.clock ?? 'manual') === 'manual') db.clock.set(start)
  })
  const atEnd = hooks.after ?? hooks.afterAll
  atEnd?.(() => db.close())
  return db
}
