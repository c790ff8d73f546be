// dump.ts: DUMP.

import { defineCommand } from '../../engine/command/command.ts'
import { saveWhole } from '../../engine/contract/save-steps.ts'
import { sealDump } from '../../formats/dump.ts'
import { RdbWriter } from '../../formats/rdb/writer.ts'

export const dump = defineCommand({
  name: 'DUMP',
  group: 'generic',
  since: '2.6.0',
  summary: 'Serialises a value for RESTORE.',
  complexity: 'O(N*M) for N objects of M bytes',
  syntax: 'key',
  keys: 'RO access',
  flags: ['readonly'],
  tips: ['nondeterministic_output'],
  run(ctx, args, reply) {
    const ref = ctx.findToRead(args.key(1))
    if (ref === 0) {
      reply.nil()
      return
    }
    const { config } = ctx.engine
    const writer = new RdbWriter({
      compress: config.flag('rdbcompression').value,
      version: config.integer('rdb-version').value,
    })
    const type = ctx.dataType(ref)
    writer.writeByte(type.rdbType(ctx.db, ref, writer.version))
    saveWhole(type, ctx.db, ref, writer)
    sealDump(writer)
    reply.bulkBytes(writer.bytes, 0, writer.length)
  },
})
