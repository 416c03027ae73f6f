import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { encodeSse } from './encode-sse'
import { createSseParser, type SseEvent } from './parse-sse'

const encoder = new TextEncoder()

function parse(chunks: readonly (string | Uint8Array)[]): SseEvent[] {
  const parser = createSseParser()
  const events = chunks.flatMap((chunk) =>
    parser.push(typeof chunk === 'string' ? encoder.encode(chunk) : chunk),
  )
  return [...events, ...parser.end()]
}

/** The bytes cut at each of the given places. */
function cut(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const sorted = [...new Set(places.map((place) => place % (bytes.length + 1)))].sort((a, b) => a - b)
  return [0, ...sorted].map((from, index) => bytes.subarray(from, sorted[index] ?? bytes.length))
}

const data = (text: string): SseEvent => ({ event: null, data: text })

describe('createSseParser', () => {
  test.each<[string, string, SseEvent[]]>([
    ['an event', 'data: {"a":1}\n\n', [data('{"a":1}')]],
    ['two events in one chunk', 'data: 1\n\ndata: 2\n\n', [data('1'), data('2')]],
    ['no space after the colon', 'data:1\n\n', [data('1')]],
    ['only the first space is dropped', 'data:  1\n\n', [data(' 1')]],
    ['an event name', 'event: ping\ndata: {}\n\n', [{ event: 'ping', data: '{}' }]],
    [
      'the name counts for one event only',
      'event: a\ndata: 1\n\ndata: 2\n\n',
      [{ event: 'a', data: '1' }, data('2')],
    ],
    ['data before the name', 'data: 1\nevent: a\n\n', [{ event: 'a', data: '1' }]],
    ['data in several lines', 'data: {\ndata: }\n\n', [data('{\n}')]],
    ['CRLF', 'event: a\r\ndata: 1\r\n\r\n', [{ event: 'a', data: '1' }]],
    ['CR alone', 'data: 1\r\rdata: 2\r\r', [data('1'), data('2')]],
    ['line ends mixed', 'data: 1\r\n\ndata: 2\r\r\ndata: 3\n\r', [data('1'), data('2'), data('3')]],
    ['comments', ': keep-alive\n\ndata: 1\n: more\n\n', [data('1')]],
    ['id, retry and unknown fields', 'id: 7\nretry: 100\nfoo: bar\ndata: 1\n\n', [data('1')]],
    ['a name without data is no event', 'event: ping\n\ndata: 1\n\n', [data('1')]],
    ['empty data is an event', 'data:\n\ndata\n\n', [data(''), data('')]],
    ['a byte order mark', '\ufeffdata: 1\n\n', [data('1')]],
    ['a byte order mark later belongs to the data', 'data: \ufeff1\n\n', [data('\ufeff1')]],
    ['many blank lines', '\n\n\ndata: 1\n\n\n\n', [data('1')]],
    ['a last event without a blank line', 'data: 1\n\ndata: [DONE]', [data('1'), data('[DONE]')]],
    ['half an event at the end', 'event: a\ndata: {"ha', [{ event: 'a', data: '{"ha' }]],
    ['nothing', '', []],
    ['what is no stream of events', '<html>\n<body>Bad gateway</body>\n\n', []],
  ])('reads %s', (_, text, expected) => {
    expect(parse([text])).toEqual(expected)
    expect(parse([...encoder.encode(text)].map((byte) => Uint8Array.of(byte)))).toEqual(expected)
  })

  test('gives an event out with the chunk that completes it', () => {
    const parser = createSseParser()
    expect(parser.push(encoder.encode('data: 1\n'))).toEqual([])
    expect(parser.push(encoder.encode('\nda'))).toEqual([data('1')])
    expect(parser.push(encoder.encode('ta: 2\r'))).toEqual([])
    expect(parser.push(encoder.encode('\n\r'))).toEqual([data('2')])
  })

  test('replaces bytes that are not UTF-8 instead of failing', () => {
    expect(parse([Uint8Array.of(...encoder.encode('data: '), 0xff, 0x0a, 0x0a)])).toEqual([data('\ufffd')])
  })

  test('throws RangeError for an event above 16 Mi, in one line or in many', () => {
    const chunk = encoder.encode('x'.repeat(1024 * 1024))
    const inOneLine = createSseParser()
    inOneLine.push(encoder.encode('data: '))
    expect(() => {
      for (let count = 0; count < 17; count += 1) inOneLine.push(chunk)
    }).toThrow(RangeError)
    const inManyLines = createSseParser()
    const line = encoder.encode(`data: ${'x'.repeat(1024 * 1024)}\n`)
    expect(() => {
      for (let count = 0; count < 17; count += 1) inManyLines.push(line)
    }).toThrow(RangeError)
  })

  test('stays linear for a long line in small chunks', { timeout: 30_000 }, () => {
    const text = 'x'.repeat(8 * 1024 * 1024)
    const bytes = encoder.encode(`data: ${text}\n\n`)
    const chunks = Array.from({ length: Math.ceil(bytes.length / 512) }, (_, index) =>
      bytes.subarray(index * 512, (index + 1) * 512),
    )
    const startedAt = performance.now()
    expect(parse(chunks)[0]?.data.length).toBe(text.length)
    expect(performance.now() - startedAt).toBeLessThan(8000)
  })
})

describe('encodeSse', () => {
  test('writes name and data', () => {
    expect(encodeSse({ event: 'ping', data: '{}' })).toBe('event: ping\ndata: {}\n\n')
    expect(encodeSse(data('a\nb'))).toBe('data: a\ndata: b\n\n')
    expect(encodeSse(data('a\r\nb\rc'))).toBe('data: a\ndata: b\ndata: c\n\n')
    expect(encodeSse({ event: 'a\nb', data: '' })).toBe('event: a b\ndata: \n\n')
  })

  test('decode(encode(events)) are the same events under any chunking', () => {
    const text = fc.string({ unit: 'grapheme' }).map((value) => value.replaceAll('\r', ''))
    const name = fc.string({ minLength: 1 }).filter((value) => !/[\r\n]/.test(value))
    const event = fc.record({ event: fc.option(name, { nil: null }), data: text })
    fc.assert(
      fc.property(fc.array(event), fc.array(fc.nat()), (events, places) => {
        const bytes = encoder.encode(events.map(encodeSse).join(''))
        expect(parse(cut(bytes, places))).toEqual(events)
      }),
    )
  })

  test('any text parses the same whole and in pieces', () => {
    const piece = fc.constantFrom('data', ':', ' ', '\n', '\r', 'event', '\ufeff', 'é', '🙂', 'x', ': c\n')
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), fc.array(fc.nat()), (pieces, places) => {
        const text = pieces.join('')
        expect(parse(cut(encoder.encode(text), places))).toEqual(parse([text]))
      }),
    )
  })
})
