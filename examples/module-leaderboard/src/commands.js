// commands.js: the commands. Each reads its arguments, looks up, changes, replies; it throws only
// before it has changed anything.

import { CommandError, defineCommand, errors, MODULE, readUtf8 } from 'rubellite/module'
import { Board } from './board.js'
import { counters, maxPlayers } from './state.js'
import { boards } from './type.js'

/** @typedef {import('rubellite/module').Args} Args */

const notFinite = new CommandError('ERR points must be a finite number')

const add = defineCommand({
  name: 'LB.ADD',
  summary: 'Adds points to those of players.',
  since: '1.0.0',
  complexity: 'O(N log M) for N players that are given and M that are there',
  syntax: 'key (points:double player:string)+',
  keys: 'RW insert',
  flags: ['write', 'denyoom'],
  categories: ['write', 'sortedset'],
  run(ctx, args, reply) {
    if (args.count % 2 !== 0) throw errors.syntax
    const given = /** @type {{ points: number, name: string }[]} */ ([])
    for (let i = 2; i < args.count; i += 2) {
      given.push({ points: pointsOf(args, i), name: textOf(args, i + 1) })
    }
    const key = args.key(1)
    const most = ctx.engine.config.integer(maxPlayers.name).value
    const { added, trimmed } = boards.edit(
      ctx,
      key,
      (board) => {
        let added = 0
        for (const { name, points } of given) if (board.add(name, points)) added++
        return { added, trimmed: board.trim(most) }
      },
      () => new Board(),
    )
    const counted = counters.of(ctx.engine)
    counted.added += added
    counted.trimmed += trimmed
    ctx.changed(MODULE, 'lb.add', key)
    if (trimmed > 0) ctx.notify(MODULE, 'lb.trim', key)
    reply.integer(added)
  },
})

const top = defineCommand({
  name: 'LB.TOP',
  summary: 'The best players with their points.',
  since: '1.0.0',
  complexity: 'O(N) for N players that are asked for',
  syntax: 'key count:int',
  keys: 'RO access',
  flags: ['readonly'],
  categories: ['read', 'sortedset'],
  run(ctx, args, reply) {
    const count = args.intBetween(2, 0, 1_000_000)
    const players = boards.read(ctx, args.key(1))?.top(count) ?? []
    reply.array(players.length)
    for (const { name, points } of players) {
      reply.array(2)
      reply.text(name)
      reply.double(points)
    }
  },
})

const rank = defineCommand({
  name: 'LB.RANK',
  summary: 'The rank of a player, from 1 on, and the points.',
  since: '1.0.0',
  complexity: 'O(log N) for N players',
  syntax: 'key player:string',
  keys: 'RO access',
  flags: ['readonly', 'fast'],
  categories: ['read', 'sortedset', 'fast'],
  run(ctx, args, reply) {
    const found = boards.read(ctx, args.key(1))?.rank(textOf(args, 2))
    if (found === undefined) {
      reply.nilArray()
      return
    }
    reply.array(2)
    reply.integer(found.rank)
    reply.double(found.points)
  },
})

const remove = defineCommand({
  name: 'LB.REMOVE',
  summary: 'Takes a player off a leaderboard.',
  since: '1.0.0',
  complexity: 'O(N) for N players',
  syntax: 'key player:string',
  keys: 'RW access delete',
  flags: ['write'],
  categories: ['write', 'sortedset'],
  run(ctx, args, reply) {
    const key = args.key(1)
    const left = boards.edit(ctx, key, (board) => (board.remove(textOf(args, 2)) ? board.size : -1))
    if (left === undefined || left < 0) {
      reply.integer(0)
      return
    }
    ctx.changed(MODULE, 'lb.remove', key)
    // A leaderboard without players is no key, as with all collections of Redis.
    if (left === 0) boards.remove(ctx, key)
    reply.integer(1)
  },
})

export const commands = [add, top, rank, remove]

/**
 * @param {Args} args
 * @param {number} i
 */
function pointsOf(args, i) {
  const points = Number(args.text(i))
  if (args.at(i).length === 0 || !Number.isFinite(points)) throw notFinite
  return points
}

/**
 * @param {Args} args
 * @param {number} i
 */
function textOf(args, i) {
  const { bytes, start, end } = args.at(i)
  return readUtf8(bytes, start, end)
}
