// transcripts.test.ts: plays every transcript in every mode, the reference server included.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { assertNone } from './support/none.ts'
import { redis8, withoutReference } from './support/references.ts'
import { root } from './support/root.ts'
import { embeddedModes } from './transcripts/embedded.ts'
import { type Mode, referenceModes, serverModes } from './transcripts/modes.ts'
import { nestedMode } from './transcripts/nested.ts'
import { type Difference, play, reasonToSkip } from './transcripts/play.ts'
import { parseTranscript, type Transcript } from './transcripts/transcript.ts'

const folder = join(root, 'test', 'transcripts')

interface Named {
  name: string
  transcript: Transcript
}

const transcripts: Named[] = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.txt'))
  .sort()
  .map((name) => ({ name, transcript: parseTranscript(readFileSync(join(folder, name), 'utf8')) }))

for (const mode of [...embeddedModes, nestedMode, ...serverModes]) {
  describe(`transcripts: ${mode.name}`, () => playAll(mode))
}
for (const mode of referenceModes) {
  const skip = redis8 === undefined ? withoutReference : false
  describe(`transcripts: ${mode.name}`, { skip }, () => playAll(mode))
}

function playAll(mode: Mode): void {
  let host: Awaited<ReturnType<Mode['open']>> | undefined
  before(async () => {
    host = await mode.open()
  })
  after(() => host?.close())
  for (const { name, transcript } of transcripts) {
    if (mode.plays?.(name) === false) continue
    test(name, { skip: reasonToSkip(transcript, mode) ?? false }, async () => {
      const stage = await host?.stage()
      assert.ok(stage !== undefined)
      const differences = await play(transcript, stage, mode.name)
      await stage.close()
      assertNone(differences.map((one) => describeDifference(name, one)))
    })
  }
}

test('a transcript played twice in-process is answered with the same bytes', async () => {
  const heard = async ({ transcript }: Named) => {
    const host = await embeddedModes[1]?.open()
    const stage = await host?.stage()
    assert.ok(stage?.heard !== undefined)
    await play(transcript, stage, embeddedModes[1]?.name ?? '')
    await stage.close()
    return stage.heard().toString('latin1')
  }
  for (const one of transcripts) assert.equal(await heard(one), await heard(one), one.name)
})

function describeDifference(name: string, { line, expected, actual }: Difference): string {
  const place = relative(root, join(folder, name))
  return `${place}:${line}\n  expected: ${expected}\n  received: ${actual}`
}
