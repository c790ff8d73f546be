// process-title.ts: what `ps` shows of the server, from proc-title-template.

export type TitleFacts = {
  readonly title: string
  readonly listenAddress: string
  readonly port: number
  readonly unixSocket: string
  readonly configFile: string
}

/** The template with its {variables} filled in. */
export function processTitle(template: string, facts: TitleFacts): string {
  const values: Record<string, string> = {
    title: facts.title,
    'listen-addr': facts.listenAddress,
    'server-mode': '',
    port: String(facts.port),
    'tls-port': '0',
    unixsocket: facts.unixSocket,
    'config-file': facts.configFile,
  }
  const filled = template.replace(/\{\{|\{([^}]*)\}/g, (match, name: string | undefined) => {
    return match === '{{' ? '{' : (values[name ?? ''] ?? match)
  })
  return filled.trimEnd()
}

/** Where the server listens, as the title names it: the first address, or the Unix socket. */
export function listenAddress(binds: readonly string[], port: number, path: string): string {
  if (port === 0 && path !== '') return `unixsocket:${path}`
  const first = (binds[0] ?? '*').replace(/^-/, '')
  return `${first.includes(':') ? `[${first}]` : first}:${port}`
}
