// exit.ts: how a deep place of the shell ends it.

/** Ends the shell with an exit code; what there was to say has been said. */
export class ShellExit extends Error {
  override readonly name = 'ShellExit'
  readonly code: number

  constructor(code: number) {
    super(`exit ${code}`)
    this.code = code
  }
}
