// error-text.ts: system errors in the C library's words, which Redis's tools and logs print.
//
// Node words them differently ('connect ECONNREFUSED 127.0.0.1:1'), and scripts look for the
// familiar ones.

import { getSystemErrorMap } from 'node:util'

const texts: Record<string, string> = {
  EACCES: 'Permission denied',
  EADDRINUSE: 'Address already in use',
  EADDRNOTAVAIL: 'Cannot assign requested address',
  EAI_AGAIN: 'Temporary failure in name resolution',
  ECONNABORTED: 'Software caused connection abort',
  ECONNREFUSED: 'Connection refused',
  ECONNRESET: 'Connection reset by peer',
  EHOSTUNREACH: 'No route to host',
  EISDIR: 'Is a directory',
  EMFILE: 'Too many open files',
  ENETUNREACH: 'Network is unreachable',
  ENOENT: 'No such file or directory',
  ENOSPC: 'No space left on device',
  ENOTDIR: 'Not a directory',
  ENOTFOUND: 'Name or service not known',
  ENOTSOCK: 'Socket operation on non-socket',
  EPERM: 'Operation not permitted',
  EPIPE: 'Broken pipe',
  ETIMEDOUT: 'Connection timed out',
}

/** What the C library calls an error: 'Connection refused'. Errors without a code keep theirs. */
export function errorText(error: NodeJS.ErrnoException & { reason?: string }): string {
  // OpenSSL's own message is a line of file names and hexadecimal numbers.
  if (error.reason !== undefined) return error.reason
  const known = error.code === undefined ? undefined : texts[error.code]
  if (known !== undefined) return known
  for (const [name, text] of getSystemErrorMap().values()) {
    if (name === error.code) return text.charAt(0).toUpperCase() + text.slice(1)
  }
  return error.message
}
