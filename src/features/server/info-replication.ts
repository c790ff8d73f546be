// info-replication.ts: the section on replication, as it is for a server without replicas.

import type { InfoSection } from '../../engine/contract/module.ts'
import { WIRE_ROLES } from '../../engine/dispatch/role.ts'

const replication: InfoSection = {
  name: 'replication',
  byDefault: true,
  fields(engine) {
    return [
      ['role', WIRE_ROLES[engine.role]],
      ['connected_slaves', 0],
      ['master_failover_state', 'no-failover'],
      ['master_replid', engine.replicationId],
      ['master_replid2', '0'.repeat(40)],
      ['master_repl_offset', 0],
      ['second_repl_offset', -1],
      ['repl_backlog_active', 0],
      ['repl_backlog_size', engine.config.integer('repl-backlog-size').value],
      ['repl_backlog_first_byte_offset', 0],
      ['repl_backlog_histlen', 0],
    ]
  },
}

export const replicationSections = [replication]
