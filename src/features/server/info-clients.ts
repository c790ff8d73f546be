// info-clients.ts: the section on clients.

import type { InfoSection } from '../../engine/contract/module.ts'
import type { Engine } from '../../engine/dispatch/engine.ts'
import type { Database } from '../../engine/keyspace/keyspace.ts'
import { pubsub } from '../pubsub/subscriptions.ts'

const clients: InfoSection = {
  name: 'clients',
  byDefault: true,
  fields(engine) {
    let input = 0
    let output = 0
    let blocked = 0
    let watching = 0
    for (const { request, transport, isBlocked, transaction } of engine.sessions.values()) {
      input = Math.max(input, request.buffered)
      output = Math.max(output, transport.pending)
      if (isBlocked) blocked++
      if (transaction.watchedKeys > 0) watching++
    }
    return [
      ['connected_clients', engine.sessions.size],
      ['cluster_connections', 0],
      ['maxclients', engine.config.integer('maxclients').value],
      // Of the clients there are now; nobody remembers what they held a moment ago.
      ['client_recent_max_input_buffer', input],
      ['client_recent_max_output_buffer', output],
      ['blocked_clients', blocked],
      ['tracking_clients', 0],
      ['pubsub_clients', engine.part(pubsub).clients],
      ['watching_clients', watching],
      ['clients_in_timeout_table', engine.blocking.withDeadline],
      ['total_watched_keys', sum(engine, ({ watchers }) => watchers.keys)],
      ['total_blocking_keys', sum(engine, ({ waiting }) => waiting.keys)],
      ['total_blocking_keys_on_nokey', sum(engine, ({ waiting }) => waiting.keysForGone)],
    ]
  },
}

function sum({ databases }: Engine, figure: (db: Database) => number): number {
  return databases.reduce((all, db) => all + figure(db), 0)
}

export const clientSections = [clients]
