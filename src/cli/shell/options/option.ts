// option.ts: what a flag of the command line is declared as.

import type { Settings } from './settings.ts'

export interface Option {
  flags: string[]
  /** What the value is called in the help text; a flag without a value leaves it out. */
  value?: string
  about: string
  set(settings: Settings, value: string): void
}
