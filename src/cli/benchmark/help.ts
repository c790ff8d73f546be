// help.ts: what `--help` prints. A test holds it against the flags that are read.

export const helpText = `Usage: rubellite benchmark [OPTIONS] [COMMAND ARGS...]

Measures a server with many connections, as redis-benchmark does; with --against it starts
several servers itself and compares them in alternating rounds.

Which server:
  -h <hostname>        host (default 127.0.0.1)
  -p <port>            port (default 6379)
  -s <socket>          Unix socket, instead of host and port
  -a <password>        password
  --user <username>    user name that goes with -a
  -u <uri>             redis://user:password@host:port/database
  --dbnum <db>         database to select (default 0)
  -3                   speak RESP3

What load:
  -c <clients>         parallel connections (default 50)
  -n <requests>        requests in all (default 100000)
  -d <size>            bytes of the values of SET and others (default 3)
  -P <numreq>          requests sent before replies are awaited (default 1)
  -k <boolean>         1 keeps connections open, 0 makes a new one each time (default 1)
  -r <keyspacelen>     __rand_int__ in keys and members becomes a 12-digit number below this;
                       without -r every request has the same key
  --threads <num>      split the load over so many processes
  --seed <num>         seed of the random numbers
  --enable-tracking    switch CLIENT TRACKING on first
  -t <tests>           only these tests, separated by commas, by the names in the output
  COMMAND ARGS...      measure this command; __rand_int__, __key__ (a key that -r makes
                       random) and __data__ (-d bytes) are filled in
  -x                   take the last argument from standard input
  -I                   open idle connections and wait
  -l                   repeat for ever
  --driver <name>      own, redis-benchmark (must be on the PATH), or auto: redis-benchmark
                       for comparisons if it is there, otherwise our own

Output:
  -q                   one line for each test
  --csv                comma-separated values
  --precision <num>    significant digits of latencies (default 3)
  -e                   accepted for old scripts
  --help, --version, -v

Comparisons:
  --against <CMD>      start this server too and compare (repeatable; name=CMD names it).
                       {port} in CMD is replaced; otherwise --port N is appended, and for
                       redis-server also --save '' --appendonly no
  --server <CMD>       the server that is compared (default: rubellite server)
  --rounds <num>       rounds per test, each with every server in turn (default 5)
  --json <file>        write the complete record there (- is standard output)
  --save-results       write the record to bench/results/<date>-<suite>.json

Suites:
  --suite foundation   the scenarios of the project's table of figures: wire, memory, stall,
                       start and embedded
  --suite data         redis-benchmark's default tests, large collections, memory for each item,
                       stalls while collections change, PUBLISH. Suites compare with
                       the redis-servers they find (REDIS_8, REDIS_7, .references, PATH) unless
                       --against says which; the first one decides
  --only <names>       only these scenarios, e.g. wire/p16,memory
  --scale <factor>     make the scenarios so much larger or smaller (default 1)
  --assert             exit with 1 when a figure misses what it must reach

Examples:
  rubellite benchmark -t set,get -n 200000 -P 16 -q
  rubellite benchmark -r 10000 -n 50000 SET __key__ __data__
  rubellite benchmark -t get,set --against redis-server --against old='/opt/redis-6/redis-server'
  rubellite benchmark --suite foundation --only wire --save-results
`
