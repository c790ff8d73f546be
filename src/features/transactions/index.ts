// index.ts: the module of transactions.

import { defineModule } from '../../engine/contract/module.ts'
import { exec } from './exec.ts'
import { noMultiGate, queueGate } from './gates.ts'
import { discard, multi } from './multi.ts'
import { unwatch, watch } from './watch.ts'

export const transactions = defineModule({
  name: 'transactions',
  commands: [multi, exec, discard, watch, unwatch],
  gates: [noMultiGate, queueGate],
})
