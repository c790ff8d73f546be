// module.ts: `rubellite/module`: what the author of a module needs (docs/guide/modules.md).
//
//   import { defineModule } from 'rubellite/module'
//   export const module = defineModule({ name: 'greet', commands: [{ name: 'GREET.HI', … }] })

export { Span } from './bytes/memory/span.ts'
export { readUtf8, utf8 } from './bytes/text/utf8.ts'
export type { GivenWord as Word } from './engine/arguments/given-words.ts'
export {
  type Directive,
  type DirectiveOptions,
  defineDirective,
  refuse,
} from './engine/config/directive.ts'
export { choice, string, yesNo } from './engine/config/directive-kinds.ts'
export { integer, memory } from './engine/config/directive-numbers.ts'
export type {
  LoadableModule as Module,
  ModuleArgs as Args,
  ModuleClient as Client,
  ModuleCommand as CommandDeclaration,
  ModuleContext as Context,
  ModuleDeclaration,
  ModuleEngine as Engine,
  ModuleGate as Gate,
  ModuleHandler as Handler,
  ModuleObjectType as ObjectType,
  ModulePart as Part,
  ModuleReply as Reply,
  ModuleSection as InfoSection,
  ModuleSetting as Setting,
  ModuleSideData as SideData,
  ModuleWait as Wait,
  ObjectTypeDeclaration,
} from './engine/contract/author.ts'
export {
  defineCommand,
  defineGate,
  defineModule,
  defineObjectType,
  definePart,
} from './engine/contract/door.ts'
export { CommandError, errors } from './engine/contract/errors.ts'
export { GENERIC, MODULE } from './engine/contract/events.ts'
export type { ModuleDigest } from './engine/contract/module-digest.ts'
export { ReplyError } from './engine/dispatch/reply-error.ts'
export type { ReplyValue } from './engine/dispatch/reply-value.ts'
export type { ModuleReader } from './formats/rdb/module-reader.ts'
export type { ModuleWriter } from './formats/rdb/module-writer.ts'
