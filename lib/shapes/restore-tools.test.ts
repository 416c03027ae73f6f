import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createCustomInputReader, customInputOf } from './custom-input'
import { flatToolName } from './flat-tools'
import type { Answer, StreamEvent, Tool, ToolCallPart } from './hub'
import { createToolRestorer } from './restore-tools'

describe('customInputOf', () => {
  test.each([
    ['{"input":"ls -l"}', 'ls -l'],
    ['{"input":"a\\nb"}', 'a\nb'],
    ['{"input":7}', '{"input":7}'],
    ['{"command":"ls"}', '{"command":"ls"}'],
    ['ls -l', 'ls -l'],
    ['', ''],
  ])('%j is %j', (given, expected) => {
    expect(customInputOf(given)).toBe(expected)
  })
})

/** The text that comes out of arguments cut at the given places. */
function readInPieces(text: string, places: readonly number[]): string {
  const cuts = [...new Set(places.map((place) => place % (text.length + 1)))].sort((a, b) => a - b)
  const reader = createCustomInputReader()
  const pieces = [0, ...cuts].map((from, index) => text.slice(from, cuts[index] ?? text.length))
  return pieces.map((piece) => reader.push(piece)).join('') + reader.end() + reader.end()
}

describe('createCustomInputReader', () => {
  const places = fc.array(fc.nat(), { maxLength: 20 })

  test('gives any text back, however it was cut', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), places, fc.boolean(), (input, cuts, isPretty) => {
        const text = isPretty ? JSON.stringify({ input }, null, 2) : JSON.stringify({ input })
        expect(readInPieces(text, cuts)).toBe(input)
      }),
    )
  })

  test('understands what the whole text would be understood as', () => {
    const anything = fc.oneof(
      fc.string(),
      fc.json(),
      fc.constantFrom('{"in', '{"input"', '{"input":', '{"inputs":"x"}'),
    )
    fc.assert(
      fc.property(anything, places, (text, cuts) => {
        expect(readInPieces(text, cuts)).toBe(customInputOf(text))
      }),
    )
  })

  test('gives text out as soon as it is there, also line breaks that JSON forbids', () => {
    const reader = createCustomInputReader()
    expect(
      ['{"inp', 'ut": "ls', ' -l\\', 'n', '\n\\u00', 'e9"', '}'].map((piece) => reader.push(piece)),
    ).toEqual(['', 'ls', ' -l', '\n', '\n', 'é', ''])
  })
})

describe('createToolRestorer', () => {
  const fn = (name: string, namespace: string | null): Tool => ({
    type: 'function',
    name,
    description: null,
    parameters: null,
    strict: null,
    namespace,
    cacheControl: null,
  })
  const tools: Tool[] = [
    fn('plain', null),
    fn('find', 'crm'),
    { type: 'custom', name: 'run', description: null, format: null, namespace: null },
    { type: 'custom', name: 'patch', description: null, format: null, namespace: 'files' },
  ]
  const call = (part: Partial<ToolCallPart>): ToolCallPart => ({
    type: 'tool_call',
    id: 'c',
    name: 'plain',
    arguments: '{}',
    isCustom: false,
    namespace: null,
    thoughtSignature: null,
    ...part,
  })
  const calls = [
    call({}),
    call({ id: 'c1', name: 'find', namespace: 'crm' }),
    call({ id: 'c2', name: 'run', isCustom: true, arguments: 'ls "x"\n' }),
    call({ id: 'c3', name: 'patch', namespace: 'files', isCustom: true, arguments: '*** Begin' }),
    call({ id: 'c4', name: 'unknown' }),
  ]
  /** As a provider without namespaces and custom tools would write them. */
  const flat = calls.map((one) =>
    call({
      ...one,
      name: flatToolName(one),
      namespace: null,
      isCustom: false,
      arguments: one.isCustom ? JSON.stringify({ input: one.arguments }) : one.arguments,
    }),
  )

  test('is none for a request that needs none', () => {
    expect(createToolRestorer([fn('plain', null)])).toBeNull()
  })

  test('gives whole answers the tools that the client knows', () => {
    expect(createToolRestorer(tools)?.answer({ ...NO_ANSWER, parts: flat }).parts).toEqual(calls)
  })

  test('gives streams them too, also when the name comes late, and keeps what is no call in its order', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(), { maxLength: 30 }),
        fc.boolean(),
        fc.boolean(),
        fc.boolean(),
        (picks, isLate, isClosed, isEnded) => {
          const queues = flat.map((part, index) => eventsOf(part, index, { isLate, isClosed }))
          const mixed = picks.flatMap((pick) => queues[pick % queues.length]?.splice(0, 1) ?? [])
          const end: StreamEvent = { type: 'finish', finishReason: 'tool_calls', nativeFinishReason: null }
          const said = [...mixed, ...queues.flat(), ...(isEnded ? [end] : [])]
          const reader = createToolRestorer(tools)?.reader({ push: () => said, end: () => [] })
          const events = reader?.push({ event: null, data: '', value: null }) ?? []
          if (isEnded) expect(events.at(-1)).toEqual(end)
          events.push(...(reader?.end() ?? []))
          expect(collect(events)).toEqual(calls)
        },
      ),
    )
  })
})

const NO_ANSWER: Answer = {
  id: null,
  parts: [],
  finishReason: null,
  nativeFinishReason: null,
  usage: null,
  serviceTier: null,
  problem: null,
}

function eventsOf(
  part: ToolCallPart,
  index: number,
  { isLate, isClosed }: { isLate: boolean; isClosed: boolean },
): StreamEvent[] {
  const { type, id, name, arguments: text, isCustom, namespace, thoughtSignature } = part
  const middle = Math.ceil(text.length / 2)
  return ['', text.slice(0, middle), text.slice(middle)].map((argumentsPiece, position) => ({
    type,
    index,
    id,
    name: isLate && position < 2 ? '' : name,
    argumentsPiece,
    isCustom,
    namespace,
    thoughtSignature,
    ...(isClosed && position === 2 ? { isLast: true } : {}),
  }))
}

function collect(events: readonly StreamEvent[]): ToolCallPart[] {
  const calls: ToolCallPart[] = []
  for (const event of events) {
    if (event.type !== 'tool_call') continue
    const { index, argumentsPiece, isLast: _last, ...known } = event
    calls[index] = { ...known, arguments: (calls[index]?.arguments ?? '') + argumentsPiece }
  }
  return calls
}
