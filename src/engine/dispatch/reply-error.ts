// reply-error.ts: an error reply as JavaScript throws it.

/** An error reply. `message` is the whole line: 'WRONGTYPE Operation against a key …'. */
export class ReplyError extends Error {
  override readonly name = 'ReplyError'
  /** The first word of the line: 'ERR', 'WRONGTYPE', 'EXECABORT'. */
  readonly code: string

  /** @param line the error's line without '-' and line break */
  constructor(line: string) {
    super(line)
    const space = line.indexOf(' ')
    this.code = space < 0 ? line : line.slice(0, space)
  }
}
