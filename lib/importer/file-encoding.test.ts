import { expect, test } from 'vitest'
import { createFileDecoder, detectEncoding, requireEncoding } from './file-encoding'

const text = 'startedAt,app\n2026-11-20,Müller\n'
const utf16be = (value: string) => Buffer.from(value, 'utf16le').swap16()
const decode = (bytes: Buffer, encoding = detectEncoding(bytes)) => {
  const decoder = createFileDecoder(encoding)
  // In pieces of one byte, so that characters come in halves.
  return [...bytes].map((byte) => decoder(Uint8Array.of(byte))).join('') + decoder(null)
}

test.each<[string, Buffer]>([
  ['UTF-8', Buffer.from(text)],
  ['UTF-8 with a mark', Buffer.from(`\uFEFF${text}`)],
  ['UTF-16 LE with a mark', Buffer.from(`\uFEFF${text}`, 'utf16le')],
  ['UTF-16 LE without', Buffer.from(text, 'utf16le')],
  ['UTF-16 BE with a mark', utf16be(`\uFEFF${text}`)],
  ['UTF-16 BE without', utf16be(text)],
])('%s is recognised', (_, bytes) => {
  expect(decode(bytes)).toBe(text)
})

test('bytes of an older encoding are refused, and read when it is named', () => {
  const bytes = Buffer.from(text, 'latin1')
  expect(() => decode(bytes)).toThrow(/not UTF-8 \(after line 2\).*--encoding windows-1252/)
  expect(decode(bytes, requireEncoding('Latin1'))).toBe(text)
  expect(decode(Buffer.from([0x80]), requireEncoding('windows-1252'))).toBe('€')
})

test('an encoding that nobody knows lists those there are', () => {
  expect(() => requireEncoding('ebcdic')).toThrow(/utf-16le/)
})
