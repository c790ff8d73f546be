// hashes.ts: the sentences of hashes.
export const hashes = `
24 HSET hkey (element element)+
4  HMSET hkey (element element)+
6  HSETNX hkey element element
8  HGET hkey element
6  HMGET hkey (element)+
8  HGETALL hkey
4  HKEYS hkey
4  HVALS hkey
6  HLEN hkey
6  HEXISTS hkey element
4  HSTRLEN hkey element
10 HDEL hkey (element)+
8  HINCRBY hkey element integer
6  HINCRBYFLOAT hkey element float
4  HRANDFIELD hkey [randcount] [WITHVALUES]
5  HSCAN hkey 0 COUNT 1000 [MATCH elementpattern] [NOVALUES]
1  HSCAN hkey cursor [COUNT count] [word]
6  HEXPIRE hkey seconds [NX | XX | GT | LT] FIELDS #(element)
4  HPEXPIRE hkey millis [NX | XX | GT | LT] FIELDS #(element)
3  HEXPIREAT hkey unix [NX | XX | GT | LT] FIELDS #(element)
3  HPEXPIREAT hkey unixms [NX | XX | GT | LT] FIELDS #(element)
4  HTTL hkey FIELDS #(element)
4  HPTTL hkey FIELDS #(element)
3  HEXPIRETIME hkey FIELDS #(element)
3  HPEXPIRETIME hkey FIELDS #(element)
4  HPERSIST hkey FIELDS #(element)
5  HGETDEL hkey FIELDS #(element)
6  HGETEX hkey [EX seconds | PX millis | EXAT unix | PXAT unixms | PERSIST] FIELDS #(element)
6  HSETEX hkey [FNX | FXX] [EX seconds | PX millis | EXAT unix | PXAT unixms | KEEPTTL]
   FIELDS #(element element)
`
