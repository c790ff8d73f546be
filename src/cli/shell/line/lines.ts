// lines.ts: where an interactive session has its lines from.

export interface Lines {
  /**
   * Reads a line without its end.
   *
   * @param prompt stands before the cursor where somebody can see it.
   * @returns undefined at the end of input, or when the reader was interrupted.
   */
  next(prompt: string): Promise<Buffer | undefined>
  /** Resolves when there is something to read, or the end. Nothing is read by it. */
  ready(): Promise<void>
  /** Ends a wait for `ready`. */
  rest(): void
  /** Keeps a line for later sessions. */
  remember(line: Buffer): void
}
