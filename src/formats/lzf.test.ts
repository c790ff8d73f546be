// lzf.test.ts: what is compressed comes back, and damaged input does no harm.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Span } from '../bytes/memory/span.ts'
import { LZF_RATIO_MAX, lzfCompress, lzfDecompress } from './lzf.ts'

let state = 9
function below(limit: number): number {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0
  return Math.floor((state / 2 ** 32) * limit)
}

function sample(): Buffer {
  const words = ['the quick ', 'brown fox ', '\0\0\0\0', 'aaaaaaaaaaaa', '{"id":', '0123456789']
  let text = ''
  for (let i = below(60); i > 0; i--) {
    text += below(5) === 0 ? String.fromCharCode(below(256)) : words[below(words.length)]
  }
  return Buffer.from(text, 'latin1')
}

function compress(input: Uint8Array, room: number): Buffer | undefined {
  const target = Buffer.alloc(room + 8, 0x55)
  const end = lzfCompress(new Span(input), target, 4, 4 + room)
  assert.equal(target.readUInt32LE(4 + room), 0x55555555, 'nothing is written behind the limit')
  return end === 0 ? undefined : target.subarray(4, end)
}

function decompress(input: Uint8Array, length: number): Buffer | undefined {
  const target = Buffer.alloc(length + 8, 0x55)
  const fits = lzfDecompress(new Span(input), target, 4, 4 + length)
  assert.equal(target.readUInt32LE(0), 0x55555555)
  assert.equal(target.readUInt32LE(4 + length), 0x55555555)
  return fits ? target.subarray(4, 4 + length) : undefined
}

test('unpacks what it packed', () => {
  let packed = 0
  for (let i = 0; i < 3000; i++) {
    const input = sample()
    const output = compress(input, Math.max(input.length - 4, 0))
    if (output === undefined) continue
    packed++
    assert.ok(output.length <= input.length - 4)
    assert.deepEqual(decompress(output, input.length), input)
  }
  assert.ok(packed > 1000)
})

test('packs as the reference does', () => {
  const packed = compress(Buffer.from('a'.repeat(21)), 17)
  assert.equal(packed?.toString('hex'), '016161e00a00')
  const digits = compress(Buffer.from('0123456789'.repeat(5)), 46)
  assert.equal(digits?.toString('hex'), '0a3031323334353637383930e01c09013839')
  assert.equal(compress(Buffer.from('abcdefghijklmnopqrstuvwxyz'), 22), undefined)
})

test('packs and unpacks a mebibyte of one byte', () => {
  const input = Buffer.alloc(1 << 20)
  const output = compress(input, input.length - 4)
  assert.ok(output !== undefined && output.length < 12_000)
  assert.ok(output.length * LZF_RATIO_MAX >= input.length)
  assert.deepEqual(decompress(output, input.length), input)
})

test('neither hangs nor leaves its bounds on damaged input', () => {
  for (let i = 0; i < 30_000; i++) {
    const input = sample()
    const output = compress(input, input.length)
    if (output === undefined || output.length === 0) continue
    const damaged = Buffer.from(output.subarray(0, 1 + below(output.length)))
    for (let k = below(4); k > 0; k--) damaged[below(damaged.length)] = below(256)
    decompress(damaged, below(2) === 0 ? input.length : below(400))
  }
})

test('refuses output that is shorter or longer than announced', () => {
  const input = Buffer.from('abcabcabcabcabcabcabcabcabc')
  const output = compress(input, input.length)
  assert.ok(output !== undefined)
  assert.equal(decompress(output, input.length - 1), undefined)
  assert.equal(decompress(output, input.length + 1), undefined)
})
