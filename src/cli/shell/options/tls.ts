// tls.ts: the TLS flags as Node's options.

import { readFileSync } from 'node:fs'
import type { ConnectionOptions } from 'node:tls'
import { errorText } from '../../../node/process/error-text.ts'
import { refuse } from '../format/output.ts'
import type { TlsSettings } from './settings.ts'

/**
 * The options of a TLS connection; undefined for a plain one.
 *
 * @throws ShellExit when a file cannot be read.
 */
export function tlsOptions(settings: TlsSettings): ConnectionOptions | undefined {
  if (!settings.on) return undefined
  const options: ConnectionOptions = {
    rejectUnauthorized: !settings.insecure,
    // redis-cli verifies who signed the certificate, not whom it names, and the certificates
    // people make for their servers rely on that.
    checkServerIdentity: () => undefined,
  }
  if (settings.servername !== undefined) options.servername = settings.servername
  if (settings.caFile !== undefined) options.ca = read(settings.caFile)
  if (settings.certFile !== undefined) options.cert = read(settings.certFile)
  if (settings.keyFile !== undefined) options.key = read(settings.keyFile)
  return options
}

function read(file: string): Buffer {
  try {
    return readFileSync(file)
  } catch (error) {
    return refuse(`Can't open file '${file}': ${errorText(error as NodeJS.ErrnoException)}`)
  }
}
