// hooks.ts: whom an engine tells what: the hooks of its modules, a list for each kind, so that
// nothing is gone through where nobody wants to know.

import type { Hooks, Module } from '../contract/module.ts'

/** `onLoad` and `onUnload` are called for one module at a time (install.ts). */
export type HookLists = {
  readonly [Name in keyof Omit<Hooks, 'onLoad' | 'onUnload'>]-?: readonly NonNullable<Hooks[Name]>[]
}

/** The hooks of modules, in the order of these. */
export function hooksOf(modules: readonly Module[]): HookLists {
  return {
    onStart: listOf(modules, 'onStart'),
    onSessionStart: listOf(modules, 'onSessionStart'),
    onSessionReset: listOf(modules, 'onSessionReset'),
    onSessionEnd: listOf(modules, 'onSessionEnd'),
    onTick: listOf(modules, 'onTick'),
    onCrowded: listOf(modules, 'onCrowded'),
    onTurnEnd: listOf(modules, 'onTurnEnd'),
    onLoaded: listOf(modules, 'onLoaded'),
    onEnd: listOf(modules, 'onEnd'),
    onRoleChange: listOf(modules, 'onRoleChange'),
  }
}

function listOf<Name extends keyof Hooks>(modules: readonly Module[], name: Name) {
  const found: NonNullable<Hooks[Name]>[] = []
  for (const { hooks } of modules) {
    const hook = hooks?.[name]
    if (hook !== undefined) found.push(hook)
  }
  return found
}
