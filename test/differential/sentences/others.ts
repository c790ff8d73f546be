// others.ts: the sentences of sketches and places, of what works on several types, and of channels.
// STOREDIST is left out: the last digit of a distance is up to the C library of the reference.
export const sketches = `
20 PFADD pkey (element)+
4  PFADD pkey
10 PFCOUNT (pkey)+
6  PFMERGE pkey (pkey)+
2  PFMERGE pkey
1  PFDEBUG (ENCODING | DECODE | TODENSE | word) pkey
3  GETRANGE pkey 0 40
`

// Distances are not stored: one in five hundred differs in its last digit, as the sines of the
// reference's C library do from those that are rounded correctly.
export const places = `
24 GEOADD gkey [NX | XX] [CH] (longitude latitude place)+
8  GEODIST gkey place place [M | KM | FT | MI | word]
6  GEOHASH gkey (place)+
6  GEOPOS gkey (place)+
10 GEOSEARCH gkey (FROMMEMBER place | FROMLONLAT longitude latitude)
   (BYRADIUS radius (M | KM | MI) | BYBOX radius radius (KM | FT)) [ASC | DESC]
   [COUNT count [ANY]] [WITHCOORD] [WITHDIST] [WITHHASH]
3  GEOSEARCHSTORE gkey gkey (FROMMEMBER place | FROMLONLAT longitude latitude)
   (BYRADIUS radius KM | BYBOX radius radius KM) [ASC | DESC] [COUNT count [ANY]]
4  GEORADIUS gkey longitude latitude radius (M | KM) [WITHCOORD] [WITHDIST] [WITHHASH]
   [COUNT count [ANY]] [ASC | DESC]
2  GEORADIUS gkey longitude latitude radius KM [COUNT count] STORE gkey
3  GEORADIUS_RO gkey longitude latitude radius (M | KM | word) [WITHDIST] [ASC | DESC]
3  GEORADIUSBYMEMBER gkey place radius (M | KM) [WITHCOORD] [WITHDIST] [COUNT count] [ASC | DESC]
2  GEORADIUSBYMEMBER_RO gkey place radius KM [ASC | DESC]
5  ZRANGE gkey 0 -1 WITHSCORES
3  ZREM gkey (place)+
`

export const acrossTypes = `
6  SORT (lkey | zkey) [LIMIT position position] [ASC | DESC] [ALPHA]
3  SORT (lkey | skey | zkey) ALPHA [DESC] [GET sortpattern] [GET sortpattern] [STORE lkey]
2  SORT lkey BY NOSORT [GET sortpattern] [LIMIT position position] [STORE lkey]
2  SORT_RO (lkey | zkey) [LIMIT position position] [DESC] [ALPHA]
10 OBJECT ENCODING any
10 DEBUG DIGEST-VALUE (any)+
3  DEBUG OBJECT any
3  DEBUG DIGEST
0.2 DEBUG RELOAD
1  DEBUG (LISTPACK | QUICKLIST) any
6  DUMP any
6  TYPE any
4  COPY any any [DB db] [REPLACE]
4  RENAME any any
2  RENAMENX any any
2  MOVE any db
6  DEL (any)+
3  UNLINK (any)+
3  EXISTS (any)+
4  EXPIRE any seconds [NX | XX | GT | LT]
4  PERSIST any
4  PTTL any
2  SET any element
2  GET any
2  STRLEN any
1  APPEND any element
3  SCAN 0 COUNT 1000 TYPE (LIST | HASH | SET | ZSET | STREAM | STRING)
1  KEYS elementpattern
0.3 FLUSHDB
1  MEMORY USAGE any
`

export const channels = `
2 PUBLISH name element
1 SPUBLISH name element
1 PUBSUB (CHANNELS | NUMPAT | NUMSUB name | SHARDCHANNELS | SHARDNUMSUB name | word) [word]
`
