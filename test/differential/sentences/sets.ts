// sets.ts: the sentences of sets. SPOP takes all members or none: two servers would pick others.
export const sets = `
24 SADD skey (element)+
10 SREM skey (element)+
6  SCARD skey
6  SISMEMBER skey element
5  SMISMEMBER skey (element)+
8  SMEMBERS skey
1  SPOP skey (100000 | 0 | -1 | word)
4  SRANDMEMBER skey [randcount]
8  SMOVE skey skey element
5  SSCAN skey 0 COUNT 1000 [MATCH elementpattern]
1  SSCAN skey cursor [COUNT count] [word]
5  SINTER (skey)+
5  SUNION (skey)+
5  SDIFF (skey)+
5  SINTERCARD #(skey) [LIMIT count]
4  SINTERSTORE skey (skey)+
4  SUNIONSTORE skey (skey)+
4  SDIFFSTORE skey (skey)+
`
