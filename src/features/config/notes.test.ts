// notes.test.ts: what the documents say of directives is complete and in the project's own words.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { core } from '../../core.ts'
import { directiveNotes, directivesOf } from './notes.ts'

test('every directive has a kind, a state, and a note unless it simply acts', () => {
  const notes = directiveNotes(directivesOf(core))
  assert.equal(new Set(notes.map(({ name }) => name)).size, notes.length)
  for (const { name, kind, state, note } of notes) {
    assert.ok(kind.length > 0, name)
    assert.ok(state === 'acts' || note.length > 0, `${name} has no note`)
    assert.ok(note === '' || /[.":\w]$/.test(note), name)
  }
})
