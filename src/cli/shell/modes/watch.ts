// watch.ts: the subscribed mode: messages are shown as they come until a key is pressed.

import { LinkError } from '../../../node/net/link-socket.ts'
import { isTerminal, print, style } from '../format/output.ts'
import { afterFailure } from '../issue.ts'
import type { Lines } from '../line/lines.ts'
import type { Session } from '../session.ts'

const NOTICE = 'Reading messages... (press Ctrl-C to quit or any key to type command)\r'
const ERASE_LINE = '\x1b[K'

/** Shows messages until there is input, or until Ctrl-C or a failure ended the subscription. */
export async function watch(session: Session, lines: Lines): Promise<void> {
  const notice = session.settings.format.mode !== 'raw' && isTerminal()
  while (session.subscribed) {
    showWaiting(session)
    if (notice) print(style('90', NOTICE))
    const typed = await Promise.race([
      lines.ready().then(() => true),
      session.link!.readable().then(() => false),
    ])
    if (notice) print(ERASE_LINE)
    // What has arrived is shown before the next command, whoever won the race.
    showWaiting(session)
    const { failure } = session.link!
    if (failure !== undefined) await afterFailure(session, failure)
    else if (typed) break
  }
  lines.rest()
}

function showWaiting(session: Session): void {
  for (let reply = session.link!.poll(); reply !== undefined; reply = session.link!.poll()) {
    session.show(reply)
  }
}

/** Shows messages until the connection ends: the subscribed mode of a single command. */
export async function watchForEver(session: Session): Promise<void> {
  try {
    while (session.subscribed) await session.showReply()
  } catch (error) {
    if (!(error instanceof LinkError)) throw error
    await afterFailure(session, error)
  }
}
