// lists.ts: the sentences of lists.
export const lists = `
20 RPUSH lkey (element)+
20 LPUSH lkey (element)+
4  RPUSHX lkey (element)+
4  LPUSHX lkey (element)+
8  LPOP lkey [count]
8  RPOP lkey [count]
6  LLEN lkey
12 LRANGE lkey position position
6  LRANGE lkey 0 -1
8  LINDEX lkey position
8  LSET lkey position element
8  LINSERT lkey (BEFORE | AFTER) element element
8  LREM lkey position element
5  LTRIM lkey position position
8  LPOS lkey element [RANK position] [COUNT count] [MAXLEN count]
2  LPOS lkey element (RANK position | COUNT count | MAXLEN count | word)+
8  LMOVE lkey lkey (LEFT | RIGHT) (LEFT | RIGHT)
5  RPOPLPUSH lkey lkey
5  LMPOP #(lkey) (LEFT | RIGHT | word) [COUNT count]
1  BLPOP (lkey)+ timeout
1  BRPOP (lkey)+ timeout
1  BLMOVE lkey lkey (LEFT | RIGHT) (LEFT | RIGHT) timeout
1  BRPOPLPUSH lkey lkey timeout
1  BLMPOP timeout #(lkey) (LEFT | RIGHT) [COUNT count]
`
