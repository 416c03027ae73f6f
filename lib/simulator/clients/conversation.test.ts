import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRandom } from '../../platform/random'
import { readOfferedTools } from '../../records/check-tool-calls'
import { weekStart } from '../demand'
import type { SimulatedShape } from '../simulated-shape'
import { intentsBetween } from '../traffic'
import { readAnthropicRequest } from '../upstream/anthropic-request'
import { drawToolCalls } from '../upstream/draw-tool-calls'
import { readOpenaiRequest } from '../upstream/openai-request'
import { buildWorld, DEMO_SEED } from '../world'
import { chooseTools } from './client-tools'
import { type Conversation, continueConversation, startConversation, takeAnswer } from './conversation'
import { writeRequest } from './write-request'

const HOUR_MS = 3_600_000
const anchorMs = weekStart(Date.UTC(2026, 10, 24))
const world = buildWorld({ seed: DEMO_SEED, anchorMs })
const span = { world, fromMs: anchorMs + 10 * HOUR_MS, toMs: anchorMs + 12 * HOUR_MS, requestsPerDay: 20_000 }
const intents = [...intentsBetween(span)]

const tokensOf = (conversation: Conversation, shape: SimulatedShape = 'chat') =>
  JSON.stringify(write(conversation, shape).body).length / 4

function write(conversation: Conversation, shape: SimulatedShape) {
  return writeRequest({
    shape,
    conversation,
    model: 'acme/atlas-120b',
    endUser: 'u',
    sessionId: 's',
    isStream: true,
  })
}

/** Whether a provider of the shape would take it: each has rules of its own about calls and results. */
function problemOf(conversation: Conversation, shape: SimulatedShape) {
  const { body } = write(conversation, shape)
  const value: unknown = JSON.parse(JSON.stringify(body))
  const read = shape === 'chat' ? readOpenaiRequest(value) : readAnthropicRequest(value)
  return read.ok ? null : read.problem
}

test('is taken by providers of both shapes, however long it goes on and whatever is answered', () => {
  const answers = fc.array(fc.constantFrom('words', 'calls', 'both', 'broken', 'none'), {
    minLength: 1,
    maxLength: 14,
  })
  fc.assert(
    fc.property(fc.nat(intents.length - 1), answers, (at, kinds) => {
      const intent = intents[at]
      if (!intent) throw new Error('no intent')
      let conversation = startConversation(intent, at)
      for (const [turn, kind] of kinds.entries()) {
        const { promptTokens } = intent.tokens
        const asked = continueConversation({ conversation, promptTokens, seed: at + turn })
        expect(problemOf(asked, 'chat')).toBeNull()
        expect(problemOf(asked, 'messages')).toBeNull()
        conversation = kind === 'none' ? conversation : takeAnswer(asked, answerOf(kind, conversation, turn))
      }
    }),
    { numRuns: 30 },
  )
})

function answerOf(kind: 'words' | 'calls' | 'both' | 'broken', { tools }: Conversation, seed: number) {
  const text = kind === 'calls' || (kind === 'broken' && tools.length > 0) ? '' : 'Here is what I found.'
  if (kind === 'words' || tools.length === 0) return { text, calls: [] }
  const { calls } = drawToolCalls({
    tools: tools.map(({ name, parameters }) => ({ name, schema: parameters })),
    count: 2,
    fault: kind === 'broken' ? 'invalid_json' : null,
    random: createRandom(seed),
  })
  return { text, calls: calls.map((call, index) => ({ ...call, id: `call_${seed}_${index}` })) }
}

test('is about as long as the request was drawn, turn after turn', () => {
  const agentic = intents
    .filter(({ kind, tokens }) => kind === 'agentic' && tokens.promptTokens > 5000)
    .slice(0, 40)
  for (const [index, intent] of agentic.entries()) {
    let conversation = startConversation(intent, index)
    for (let turn = 0; turn < 6; turn += 1) {
      const { promptTokens } = intent.tokens
      const asked = continueConversation({ conversation, promptTokens, seed: turn })
      expect(Math.abs(tokensOf(asked) / promptTokens - 1)).toBeLessThan(0.25)
      conversation = takeAnswer(asked, answerOf('calls', asked, turn))
    }
  }
})

test('sends the results of the calls it was asked for, else words', () => {
  const intent = intents.find(({ kind, toolsOffered }) => kind === 'human' && toolsOffered > 0)
  if (!intent) throw new Error('no intent with tools')
  const asked = continueConversation({
    conversation: startConversation(intent, 1),
    promptTokens: 900,
    seed: 1,
  })
  expect(asked.turns.map(({ role }) => role)).toEqual(['user'])
  const called = takeAnswer(asked, { text: '', calls: [{ id: 'call_1', name: 'search', arguments: '{}' }] })
  const next = continueConversation({ conversation: called, promptTokens: 900, seed: 2 })
  expect(next.turns.at(-1)).toMatchObject({ role: 'results', results: [{ id: 'call_1' }] })
  const told = takeAnswer(next, { text: 'Done.', calls: [] })
  expect(continueConversation({ conversation: told, promptTokens: 900, seed: 3 }).turns.at(-1)?.role).toBe(
    'user',
  )
})

test('knows what an agent that is under way has been doing', () => {
  const underWay = intents.find(
    ({ kind, progress, toolsOffered }) => kind === 'agentic' && progress > 0.2 && toolsOffered > 3,
  )
  if (!underWay) throw new Error('no session under way')
  const roles = startConversation(underWay, 1).turns.map(({ role }) => role)
  expect(roles[0]).toBe('user')
  expect(roles).toContain('results')
  const fresh = { ...underWay, progress: 0.01 }
  expect(startConversation(fresh, 1).turns).toEqual([])
})

test('forgets the oldest turns and keeps the task', () => {
  const intent = intents.find(({ kind, toolsOffered }) => kind === 'agentic' && toolsOffered > 3)
  if (!intent) throw new Error('no agent')
  let conversation = startConversation({ ...intent, progress: 0 }, 1)
  let task: unknown = null
  for (let turn = 0; turn < 30; turn += 1) {
    const asked = continueConversation({ conversation, promptTokens: 6000, seed: turn })
    task ??= asked.turns[0]
    conversation = takeAnswer(asked, answerOf('calls', asked, turn))
  }
  expect(conversation.turns[0]).toEqual(task)
  expect(tokensOf(conversation)).toBeLessThan(8000)
})

test('offers as many tools as were drawn, each once, readable in both shapes, more of them by MCP', () => {
  for (const count of [0, 1, 3, 8, 20, 32, 39]) {
    const tools = chooseTools({ count, appSeed: 5 })
    expect(new Set(tools.map(({ name }) => name)).size).toBe(count)
    expect(readOfferedTools(tools)).toHaveLength(count)
  }
  expect(chooseTools({ count: 3, appSeed: 5 }).some(({ name }) => name.startsWith('mcp__'))).toBe(false)
  expect(
    chooseTools({ count: 20, appSeed: 5 }).filter(({ name }) => name.startsWith('mcp__')).length,
  ).toBeGreaterThan(5)
})
