import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ReasoningPart, StreamEvent, ToolCallEvent } from './hub'
import { type BlockPart, type BlockStep, createBlockSequencer } from './sequence-blocks'

const text = (value: string): StreamEvent => ({ type: 'text', text: value })
const reasoning = (block: number, fields: Partial<ReasoningPart>): StreamEvent => ({
  type: 'reasoning',
  block,
  piece: {
    type: 'reasoning',
    kind: 'text',
    text: '',
    signature: null,
    id: null,
    format: 'unsigned',
    ...fields,
  },
})
const call = (index: number, argumentsPiece: string, fields: Partial<ToolCallEvent> = {}): ToolCallEvent => ({
  type: 'tool_call',
  index,
  id: `c${index}`,
  name: `tool_${index}`,
  argumentsPiece,
  isCustom: false,
  namespace: null,
  thoughtSignature: null,
  ...fields,
})

/** Steps in short: `+0 text`, `0 Hi`, `-0`. */
function short(steps: readonly BlockStep[]): string[] {
  return steps.map((step) => {
    if (step.type === 'start') return `+${step.position} ${step.part.type}`
    if (step.type === 'stop') return `-${step.position}`
    return `${step.position} ${step.type === 'piece' ? step.text : 'annotated'}`
  })
}

function sequence(...events: StreamEvent[]): BlockStep[] {
  const sequencer = createBlockSequencer()
  return [...events.flatMap((event) => sequencer.push([event])), ...sequencer.end()]
}

const partsOf = (steps: readonly BlockStep[]): BlockPart[] =>
  steps.flatMap((step) => (step.type === 'stop' ? [step.part] : []))

describe('createBlockSequencer', () => {
  test.each<[string, StreamEvent[], string[]]>([
    ['text in pieces is one block', [text('a'), text('b')], ['+0 text', '0 a', '0 b', '-0']],
    ['empty text is none', [text('')], []],
    [
      'reasoning of two blocks is two',
      [reasoning(0, { text: 'a' }), reasoning(0, { text: 'b' }), reasoning(1, { text: 'c' }), text('d')],
      ['+0 reasoning', '0 a', '0 b', '-0', '+1 reasoning', '1 c', '-1', '+2 text', '2 d', '-2'],
    ],
    [
      'a second call waits until the first is whole',
      [call(0, '{"x"'), call(1, '{'), call(0, ':"}"}'), call(1, '}')],
      ['+0 tool_call', '0 {"x"', '0 :"}"}', '-0', '+1 tool_call', '1 {', '1 }', '-1'],
    ],
    [
      'a call that never becomes JSON ends with the stream, and those after it still come',
      [call(0, '{"x'), call(1, '{}'), call(2, '{}')],
      ['+0 tool_call', '0 {"x', '-0', '+1 tool_call', '1 {}', '-1', '+2 tool_call', '2 {}', '-2'],
    ],
    [
      'text after a call that is not whole follows it, before the calls that were seen later',
      [call(0, '{'), text('Done.'), call(1, '{}'), call(0, '}')],
      ['+0 tool_call', '0 {', '0 }', '-0', '+1 text', '1 Done.', '-1', '+2 tool_call', '2 {}', '-2'],
    ],
    [
      'text after a whole call comes at once, in a block of its own',
      [text('a'), call(0, '{}'), text('b'), text('c')],
      ['+0 text', '0 a', '-0', '+1 tool_call', '1 {}', '-1', '+2 text', '2 b', '2 c', '-2'],
    ],
    [
      'a call that is said to be whole is, whatever its arguments are',
      [call(0, 'select', { isCustom: true }), call(0, ' 1', { isCustom: true, isLast: true }), text('b')],
      ['+0 tool_call', '0 select', '0  1', '-0', '+1 text', '1 b', '-1'],
    ],
    [
      'the words of a custom tool are not held against JSON',
      [call(0, '{}', { isCustom: true }), text('b'), call(0, '{}', { isCustom: true })],
      ['+0 tool_call', '0 {}', '0 {}', '-0', '+1 text', '1 b', '-1'],
    ],
    [
      'a call waits for its name',
      [call(0, '{', { name: '', id: '' }), call(0, '}')],
      ['+0 tool_call', '0 {}', '-0'],
    ],
    [
      'what is no content makes nothing',
      [{ type: 'finish', finishReason: 'stop', nativeFinishReason: 'stop' }, { type: 'done' }],
      [],
    ],
    [
      'annotations belong to the text',
      [text('a'), { type: 'annotations', annotations: [{}] }],
      ['+0 text', '0 a', '0 annotated', '-0'],
    ],
    [
      'media come whole',
      [
        {
          type: 'media',
          part: {
            type: 'image',
            source: { kind: 'url', url: 'https://a', mediaType: null },
            filename: null,
            detail: null,
            cacheControl: null,
          },
        },
      ],
      ['+0 image', '-0'],
    ],
  ])('%s', (_, events, expected) => {
    expect(short(sequence(...events))).toEqual(expected)
  })

  test('parts are whole when they stop: signature, format, name and arguments', () => {
    const steps = sequence(
      reasoning(0, { text: 'H' }),
      reasoning(0, { text: 'm' }),
      reasoning(0, { signature: 'sig', format: 'anthropic-claude-v1' }),
      call(0, '', { name: '' }),
      call(0, '{"x":', { thoughtSignature: 'th' }),
      call(0, '1}'),
    )
    expect(partsOf(steps)).toMatchObject([
      { type: 'reasoning', text: 'Hm', signature: 'sig', format: 'anthropic-claude-v1' },
      { type: 'tool_call', id: 'c0', name: 'tool_0', arguments: '{"x":1}', thoughtSignature: 'th' },
    ])
    expect(steps[0]).toMatchObject({ type: 'start', part: { text: '', signature: null } })
  })

  test('blocks never overlap, no piece is lost, and each call is whole, however they interleave', () => {
    const pieces = fc.array(fc.string({ unit: fc.constantFrom('{', '}', '"', 'a', '\\') }), { maxLength: 4 })
    const events = fc.array(
      fc.oneof(
        fc.string().map(text),
        fc.tuple(fc.nat(2), fc.string()).map(([block, words]) => reasoning(block, { text: words })),
      ),
      { maxLength: 8 },
    )
    const calls = fc.array(pieces, { maxLength: 4 })
    fc.assert(
      fc.property(calls, events, fc.array(fc.nat(), { maxLength: 40 }), (given, said, picks) => {
        // Arguments that close early are whole for the sequencer, so that each call is made to close at its end.
        const queues = given.map((all, index) =>
          [...all.map((piece) => piece.replaceAll(/[{}"\\]/g, 'b')), '}'].map((piece, at) =>
            call(index, at === 0 ? `{${piece}` : piece),
          ),
        )
        const left: StreamEvent[][] = [said, ...queues].map((queue) => [...queue])
        const mixed: StreamEvent[] = []
        for (const pick of picks) mixed.push(...(left[pick % left.length]?.splice(0, 1) ?? []))
        mixed.push(...left.flat())
        const steps = sequence(...mixed)
        let open = -1
        for (const [at, step] of steps.entries()) {
          if (step.type === 'start') {
            expect([open, step.position]).toEqual([-1, steps.slice(0, at).filter(isStart).length])
            open = step.position
          } else expect(step.position).toBe(open)
          if (step.type === 'stop') open = -1
        }
        expect(open).toBe(-1)
        const parts = partsOf(steps)
        const written = parts.flatMap((part) =>
          part.type === 'tool_call' ? [[part.id, part.arguments]] : [],
        )
        const expected = queues.map((queue, index) => [
          `c${index}`,
          queue.map((event) => event.argumentsPiece).join(''),
        ])
        expect(Object.fromEntries(written)).toEqual(Object.fromEntries(expected))
        const wordsOf = (type: string) =>
          parts.map((part) => (part.type === type && 'text' in part ? part.text : '')).join('')
        const saidOf = (type: string) =>
          said.map((event) => (event.type === type ? wordsIn(event) : '')).join('')
        expect(wordsOf('text')).toBe(saidOf('text'))
        expect(wordsOf('reasoning')).toBe(saidOf('reasoning'))
      }),
    )
  })
})

function wordsIn(event: StreamEvent): string {
  if (event.type === 'reasoning') return event.piece.text
  return event.type === 'text' ? event.text : ''
}

function isStart(step: BlockStep): boolean {
  return step.type === 'start'
}
