// errors.ts: what geo alone answers when something is wrong, and what all answer.

import { errorReply, errors as shared, untilNul } from '../../engine/contract/errors.ts'

export const errors = {
  ...shared,
  geoPlace: (longitude: string, latitude: string) =>
    errorReply(`ERR invalid longitude,latitude pair ${longitude},${latitude}`),
  geoUnit: errorReply('ERR unsupported unit provided. please use M, KM, FT, MI'),
  geoRadius: errorReply('ERR need numeric radius'),
  geoRadiusNegative: errorReply('ERR radius cannot be negative'),
  geoWidth: errorReply('ERR need numeric width'),
  geoHeight: errorReply('ERR need numeric height'),
  geoBoxNegative: errorReply('ERR height or width cannot be negative'),
  geoMember: errorReply('ERR could not decode requested zset member'),
  geoCount: errorReply('ERR COUNT must be > 0'),
  geoAny: errorReply('ERR the ANY argument requires COUNT argument'),
  geoStoreWith: (what: string) =>
    errorReply(`ERR ${what} is not compatible with WITHDIST, WITHHASH and WITHCOORD options`),
  geoFrom: (name: string) =>
    errorReply(
      `ERR exactly one of FROMMEMBER or FROMLONLAT can be specified for ${untilNul(name)}`,
    ),
  geoBy: (name: string) =>
    errorReply(`ERR exactly one of BYRADIUS and BYBOX can be specified for ${untilNul(name)}`),
}
