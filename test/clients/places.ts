// places.ts: the two ways to reach us that every client is tried on.
import { Rubellite } from 'rubellite'
import { startRubellite } from '../support/servers.ts'
import { ioredisOptions, nodeRedisSocket } from './streams.ts'

export interface Place {
  ioredis: object
  nodeRedis: object
  close(): Promise<void>
}

/** A server of its own process over TCP; an engine in this process over a stream. */
export const places: Record<string, () => Promise<Place>> = {
  async 'over TCP'() {
    const server = await startRubellite()
    const address = { host: '127.0.0.1', port: server.port }
    return { ioredis: address, nodeRedis: address, close: () => server.stop() }
  },
  async 'over a stream'() {
    const db = await Rubellite.open()
    return {
      ioredis: ioredisOptions(db),
      nodeRedis: nodeRedisSocket(db),
      close: () => db.close(),
    }
  },
}

/** Resolves when something has come about; rejects when it has not within two seconds. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = performance.now() + 2000; performance.now() < end; ) {
    if (await isSo()) return
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
  throw new Error('it did not come about')
}
