// module.ts: `rubellite/module`: what the author of a module needs (docs/guide/modules.md).
//
//   import { defineModule } from 'rubellite/module'
//   export const module = defineModule({ name: 'greet', commands: [{ name: 'GREET.HI', … }] })

export { Span } from './bytes/span.ts'
export { readUtf8, utf8 } from './bytes/text.ts'
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
} from './engine/author.ts'
export {
  type Directive,
  type DirectiveOptions,
  defineDirective,
  refuse,
} from './engine/directive.ts'
export { choice, string, yesNo } from './engine/directive-kinds.ts'
export { integer, memory } from './engine/directive-numbers.ts'
export {
  defineCommand,
  defineGate,
  defineModule,
  defineObjectType,
  definePart,
} from './engine/door.ts'
export { CommandError, errors } from './engine/errors.ts'
export { GENERIC, MODULE } from './engine/events.ts'
export type { GivenWord as Word } from './engine/given-words.ts'
export type { ModuleDigest } from './engine/module-digest.ts'
export { ReplyError } from './engine/reply-error.ts'
export type { ReplyValue } from './engine/reply-value.ts'
export type { ModuleReader } from './formats/rdb/module-reader.ts'
export type { ModuleWriter } from './formats/rdb/module-writer.ts'
