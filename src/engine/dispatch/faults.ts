// faults.ts: what is said of a request that names no command, or at which the engine fails.

import type { Args } from '../arguments/args.ts'
import { type CommandError, errors } from '../contract/errors.ts'

/** A browser that was led to speak HTTP to us gets no reply: it could be made to read it. */
export function unknownCommand(args: Args): CommandError {
  if (args.is(0, 'POST') || args.is(0, 'HOST:')) return errors.crossProtocol
  return errors.unknownCommand(args.text(0), textsFrom(args, 1))
}

/** A bug: the request that met it goes into the message, so that it can be repeated. */
export function brokenAt(args: Args, cause: unknown): Error {
  const request = textsFrom(args, 0).map((text) => JSON.stringify(text.slice(0, 64)))
  return new Error(`the engine failed at ${request.join(' ').slice(0, 512)}`, { cause })
}

/** The arguments from `first` on, one character per byte; at most forty. */
function textsFrom(args: Args, first: number): string[] {
  const texts: string[] = []
  for (let i = first; i < Math.min(args.count, 40); i++) texts.push(args.text(i))
  return texts
}
