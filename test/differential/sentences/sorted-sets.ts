// sorted-sets.ts: the sentences of sorted sets.
export const sortedSets = `
24 ZADD zkey (score element)+
12 ZADD zkey [NX | XX] [GT | LT] [CH] (score element)+
3  ZADD zkey [NX | XX | GT | LT] INCR score element
2  ZADD zkey (NX | XX | GT | LT | CH | INCR)+ score element
8  ZINCRBY zkey score element
10 ZREM zkey (element)+
5  ZCARD zkey
6  ZSCORE zkey element
4  ZMSCORE zkey (element)+
6  ZRANK zkey element [WITHSCORE]
5  ZREVRANK zkey element [WITHSCORE]
5  ZCOUNT zkey scorebound scorebound
10 ZADD ykey [NX] [CH] (0 element)+
5  ZLEXCOUNT ykey lexbound lexbound
8  ZRANGE zkey position position [REV] [WITHSCORES]
6  ZRANGE zkey scorebound scorebound BYSCORE [REV] [LIMIT position position] [WITHSCORES]
6  ZRANGE ykey lexbound lexbound BYLEX [REV] [LIMIT position position]
2  ZRANGE zkey position scorebound (BYSCORE | REV | LIMIT count count | WITHSCORES | word)+
3  ZRANGESTORE zkey zkey position position [REV]
3  ZRANGESTORE zkey zkey scorebound scorebound BYSCORE [REV] [LIMIT position position]
3  ZRANGESTORE zkey ykey lexbound lexbound BYLEX [REV] [LIMIT position position]
4  ZRANGEBYSCORE zkey scorebound scorebound [WITHSCORES] [LIMIT position position]
4  ZREVRANGEBYSCORE zkey scorebound scorebound [WITHSCORES] [LIMIT position position]
3  ZRANGEBYLEX ykey lexbound lexbound [LIMIT position position]
3  ZREVRANGEBYLEX ykey lexbound lexbound [LIMIT position position]
4  ZREVRANGE zkey position position [WITHSCORES]
2  ZREMRANGEBYRANK zkey position position
2  ZREMRANGEBYSCORE zkey scorebound scorebound
3  ZREM ykey (element)+
2  ZREMRANGEBYLEX ykey lexbound lexbound
4  ZPOPMIN zkey [count]
4  ZPOPMAX zkey [count]
3  ZMPOP #(zkey) (MIN | MAX | word) [COUNT count]
1  BZPOPMIN (zkey)+ timeout
1  BZPOPMAX (zkey)+ timeout
1  BZMPOP timeout #(zkey) (MIN | MAX) [COUNT count]
4  ZRANDMEMBER zkey [randcount] [WITHSCORES]
5  ZSCAN zkey 0 COUNT 1000 [MATCH elementpattern]
1  ZSCAN zkey cursor [COUNT count] [word]
4  ZUNION #(azkey) [WEIGHTS (weight)+] [AGGREGATE (SUM | MIN | MAX | word)] [WITHSCORES]
4  ZINTER #(azkey) [WEIGHTS (weight)+] [AGGREGATE (SUM | MIN | MAX | word)] [WITHSCORES]
3  ZUNION 2 azkey azkey WEIGHTS weight weight [AGGREGATE (SUM | MIN | MAX)] [WITHSCORES]
3  ZINTER 2 azkey azkey WEIGHTS weight weight [AGGREGATE (SUM | MIN | MAX)] [WITHSCORES]
4  ZDIFF #(azkey) [WITHSCORES]
3  ZUNIONSTORE zkey #(azkey) [WEIGHTS (weight)+] [AGGREGATE (SUM | MIN | MAX)]
3  ZINTERSTORE zkey 2 azkey azkey [WEIGHTS weight weight] [AGGREGATE (SUM | MIN | MAX)]
3  ZDIFFSTORE zkey #(azkey)
4  ZINTERCARD #(azkey) [LIMIT count]
`
