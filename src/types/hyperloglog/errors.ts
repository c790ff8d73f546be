// errors.ts: what hyperloglog alone answers when something is wrong, and what all answer.

import { errorReply, errors as shared, untilNul } from '../../engine/contract/errors.ts'

export const errors = {
  ...shared,
  hyperLogLogType: errorReply('WRONGTYPE Key is not a valid HyperLogLog string value.'),
  hyperLogLogCorrupted: errorReply('INVALIDOBJ Corrupted HLL object detected'),
  hyperLogLogNoKey: errorReply('ERR The specified key does not exist'),
  hyperLogLogNotSparse: errorReply('ERR HLL encoding is not sparse'),
  hyperLogLogSwitch: errorReply('ERR Argument must be ON or OFF'),
  hyperLogLogSubcommand: (name: string) =>
    errorReply(`ERR Unknown PFDEBUG subcommand '${untilNul(name)}'`),
  hyperLogLogNeverSparse: errorReply('ERR TESTFAILED sparse encoding not used'),
  hyperLogLogDisagreement: errorReply('ERR TESTFAILED dense/sparse disagree'),
  hyperLogLogRegister: (register: number, wanted: number, value: number) =>
    errorReply(`ERR TESTFAILED Register ${register} should be ${wanted} but is ${value}`),
  hyperLogLogError: (count: number, error: number) =>
    errorReply(`ERR TESTFAILED Too big error. card:${count} abserr:${error}`),
}
