// setting.ts: the value a directive has in one engine.

import type { Directive } from './directive.ts'

/**
 * A directive's current value. Code that needs one asks the configuration for it once and keeps
 * it: reading `value` is then a field, with no name looked up.
 */
export class Setting<V = unknown> {
  readonly directive: Directive<V>
  value: V
  /** As CONFIG GET prints it. */
  text: string
  /** Refuse a change, by throwing a Refusal or its reason, or act on it. */
  readonly hooks: ChangeHook<V>[] = []

  constructor(directive: Directive<V>) {
    this.directive = directive
    this.value = directive.initial.value
    this.text = directive.initial.text
  }

  /** Whether it differs from the default. */
  get changed(): boolean {
    return this.text !== this.directive.initial.text
  }
}

/** Called after a setting has its new value; what it throws puts the old one back. */
export type ChangeHook<V> = (setting: Setting<V>) => void
