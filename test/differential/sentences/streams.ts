// streams.ts: the sentences of streams. No id is the time of the day: the two servers have others.
export const streams = `
24 XADD xkey newid (element element)+
6  XADD xkey [NOMKSTREAM] [KEEPREF | DELREF | ACKED]
   [(MAXLEN | MINID) [= | ~] count [LIMIT count]] newid (element element)+
5  XLEN xkey
10 XRANGE xkey rangeid rangeid [COUNT count]
8  XREVRANGE xkey rangeid rangeid [COUNT count]
6  XREAD [COUNT count] STREAMS (xkey streamid | xkey xkey streamid streamid | xkey rangeid)
1  XREAD [COUNT count] BLOCK (1 | 5 | word) STREAMS xkey streamid
8  XDEL xkey (streamid)+
5  XDELEX xkey [KEEPREF | DELREF | ACKED] IDS #(streamid)
5  XTRIM xkey (MAXLEN [= | ~] count | MINID [= | ~] streamid) [LIMIT count]
   [KEEPREF | DELREF | ACKED]
2  XSETID xkey newid [ENTRIESADDED count] [MAXDELETEDID streamid]
6  XGROUP CREATE xkey groupname (streamid | rangeid) [MKSTREAM] [ENTRIESREAD count]
2  XGROUP SETID xkey groupname streamid [ENTRIESREAD count]
1  XGROUP DESTROY xkey groupname
2  XGROUP CREATECONSUMER xkey groupname consumername
1  XGROUP DELCONSUMER xkey groupname consumername
12 XREADGROUP GROUP groupname consumername [COUNT count] [NOACK]
   STREAMS (xkey newer | xkey streamid | xkey xkey newer newer)
1  XREADGROUP GROUP groupname consumername BLOCK 2 STREAMS xkey newer
6  XACK xkey groupname (streamid)+
4  XACKDEL xkey groupname [KEEPREF | DELREF | ACKED] IDS #(streamid)
4  XPENDING xkey groupname
5  XPENDING xkey groupname [IDLE minidle] rangeid rangeid count [consumername]
5  XCLAIM xkey groupname consumername minidle (streamid)+ [RETRYCOUNT count] [FORCE] [JUSTID]
   [LASTID streamid]
4  XAUTOCLAIM xkey groupname consumername minidle streamid [COUNT count] [JUSTID]
4  XINFO STREAM xkey [FULL [COUNT count]]
3  XINFO GROUPS xkey
3  XINFO CONSUMERS xkey groupname
`
