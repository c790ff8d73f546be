// info-clients.ts: the section on clients.

import type { InfoSection } from '../../engine/module.ts'

const clients: InfoSection = {
  name: 'clients',
  byDefault: true,
  fields(engine) {
    let input = 0
    let output = 0
    let blocked = 0
    let watching = 0
    for (const { request, transport, suspended, transaction } of engine.sessions.values()) {
      input = Math.max(input, request.buffered)
      output = Math.max(output, transport.pending)
      if (suspended) blocked++
      if (transaction.watchedKeys > 0) watching++
    }
    const watchedKeys = engine.databases.reduce((sum, { watchers }) => sum + watchers.keys, 0)
    return [
      ['connected_clients', engine.sessions.size],
      ['cluster_connections', 0],
      ['maxclients', engine.config.integer('maxclients').value],
      // Of the clients there are now; nobody remembers what they held a moment ago.
      ['client_recent_max_input_buffer', input],
      ['client_recent_max_output_buffer', output],
      ['blocked_clients', blocked],
      ['tracking_clients', 0],
      ['pubsub_clients', 0],
      ['watching_clients', watching],
      ['clients_in_timeout_table', 0],
      ['total_watched_keys', watchedKeys],
      ['total_blocking_keys', 0],
      ['total_blocking_keys_on_nokey', 0],
    ]
  },
}

export const clientSections = [clients]
