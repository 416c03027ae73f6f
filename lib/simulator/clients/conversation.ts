import { createRandom, mixSeed, type Random } from '../../platform/random'
import type { OfferedTool } from '../../records/check-tool-calls'
import type { RequestIntent } from '../draw-intent'
import { drawProse } from '../upstream/draw-text'
import { drawToolCalls } from '../upstream/draw-tool-calls'
import { type ClientTool, chooseTools } from './client-tools'

/** A call that an answer made; `arguments` is the text as it came. */
export type ClientCall = { id: string; name: string; arguments: string }
export type Turn =
  | { role: 'user'; text: string }
  | { role: 'assistant'; text: string; calls: readonly ClientCall[] }
  | { role: 'results'; results: readonly { id: string; text: string }[] }

/** What a client keeps of a session, in neither shape. */
export type Conversation = { system: string; tools: readonly ClientTool[]; turns: readonly Turn[] }

const SYSTEM_TOKENS = { human: 90, agentic: 380 } as const
const SKILL_TOKENS = 60
const LEAST_USER_TOKENS = 12
const LEAST_RESULT_TOKENS = 20
/** JSON around a message and its pieces. */
const OVERHEAD_TOKENS = 12
/** Of the wanted prompt, how much may be history, so that something new fits in. */
const MOST_HISTORY = 0.85

/** From this part of its time on, a session is under way. */
const UNDER_WAY = 0.04
const RECALLED_ROUNDS = 3
const RECALLED_SHARE = 0.7
const RECALLED_LEAST_TOKENS = 200

const SKILLS = ['ledger-checks', 'release-notes', 'incident-review', 'stock-count', 'style-guide'] as const

/**
 * What a client that has just started knows of a session: the app's system prompt, an agent's skills, the tools it
 * offers throughout, and, when an agent's session is under way, what it has been doing.
 */
export function startConversation(intent: RequestIntent, seed: number): Conversation {
  const { kind, app, toolsOffered } = intent
  const random = createRandom(mixSeed(seed, 51))
  const prose = drawProse({ random, tokens: SYSTEM_TOKENS[kind] })
  const skills =
    kind === 'agentic' ? `\n\n<available_skills>\n${describeSkills(random)}\n</available_skills>` : ''
  const conversation = {
    system: `You are ${app.name}. ${prose}${skills}`,
    tools: chooseTools({ count: toolsOffered, appSeed: mixSeed(app.name.length, app.name.charCodeAt(0)) }),
    turns: [],
  }
  const isUnderWay = kind === 'agentic' && intent.progress > UNDER_WAY
  return isUnderWay
    ? recall({ conversation, promptTokens: intent.tokens.promptTokens, random })
    : conversation
}

/** A task and a few rounds of calls and results, as if the client had been here from the session's beginning. */
function recall({
  conversation,
  promptTokens,
  random,
}: {
  conversation: Conversation
  promptTokens: number
  random: Random
}): Conversation {
  const tokens = Math.max(RECALLED_LEAST_TOKENS, (promptTokens - fixedTokens(conversation)) * RECALLED_SHARE)
  const turns: Turn[] = [{ role: 'user', text: drawProse({ random, tokens: tokens * 0.2 }) }]
  const { tools } = conversation
  for (let round = 0; round < RECALLED_ROUNDS; round += 1) {
    const text = drawProse({ random, tokens: 60 })
    if (tools.length === 0) {
      turns.push(
        { role: 'assistant', text, calls: [] },
        { role: 'user', text: drawProse({ random, tokens: tokens * 0.2 }) },
      )
      continue
    }
    const { calls: drawn } = drawToolCalls({ tools: offered(tools), count: 1, fault: null, random })
    const calls = drawn.map((call, index) => ({ ...call, id: `call_${round}_${index}` }))
    turns.push({ role: 'assistant', text, calls }, answerCalls({ calls, tokens: tokens * 0.25, random }))
  }
  // The last word is the model's: what comes next is the client's.
  turns.push({ role: 'assistant', text: drawProse({ random, tokens: 60 }), calls: [] })
  return { ...conversation, turns }
}

function offered(tools: readonly ClientTool[]): OfferedTool[] {
  return tools.map(({ name, parameters }) => ({ name, schema: parameters }))
}

/**
 * The conversation with what the client sends next: the results of the calls it was just asked for, else the user's
 * words. Old turns are forgotten, and the new one is as long as it takes, so that the whole is about `promptTokens`.
 */
export function continueConversation({
  conversation,
  promptTokens,
  seed,
}: {
  conversation: Conversation
  promptTokens: number
  seed: number
}): Conversation {
  const random = createRandom(mixSeed(seed, 52))
  const budget = promptTokens - fixedTokens(conversation)
  const turns = forget(conversation.turns, budget * MOST_HISTORY)
  const left = budget - turns.reduce((sum, turn) => sum + tokensOf(turn), 0) - OVERHEAD_TOKENS
  const last = turns.at(-1)
  const next =
    last?.role === 'assistant' && last.calls.length > 0
      ? answerCalls({ calls: last.calls, tokens: left, random })
      : { role: 'user' as const, text: drawProse({ random, tokens: Math.max(LEAST_USER_TOKENS, left) }) }
  return { ...conversation, turns: [...turns, next] }
}

/** The conversation with the model's answer. */
export function takeAnswer(
  conversation: Conversation,
  answer: { text: string; calls: readonly ClientCall[] },
): Conversation {
  const calls = answer.calls.filter(({ id }) => id !== '')
  if (answer.text === '' && calls.length === 0) return conversation
  return { ...conversation, turns: [...conversation.turns, { role: 'assistant', text: answer.text, calls }] }
}

function describeSkills(random: Random): string {
  return SKILLS.map(
    (name) => `<skill name="${name}">${drawProse({ random, tokens: SKILL_TOKENS })}</skill>`,
  ).join('\n')
}

function answerCalls({
  calls,
  tokens,
  random,
}: {
  calls: readonly ClientCall[]
  tokens: number
  random: Random
}): Turn {
  const each = Math.max(LEAST_RESULT_TOKENS, Math.floor(tokens / calls.length) - OVERHEAD_TOKENS)
  return {
    role: 'results',
    results: calls.map(({ id }) => ({ id, text: drawProse({ random, tokens: each }) })),
  }
}

/** Drops the oldest answers with the results of their calls, then user turns that nothing stands between any more. */
function forget(turns: readonly Turn[], budget: number): Turn[] {
  const kept = [...turns]
  let tokens = kept.reduce((sum, turn) => sum + tokensOf(turn), 0)
  while (tokens > budget && kept.length > 2) {
    const isAnswer = kept[1]?.role === 'assistant'
    const gone = isAnswer ? kept.splice(1, kept[2]?.role === 'results' ? 2 : 1) : kept.splice(0, 1)
    tokens -= gone.reduce((sum, turn) => sum + tokensOf(turn), 0)
  }
  return kept
}

function fixedTokens({ system, tools }: Conversation): number {
  const lengths = tools.reduce((sum, tool) => sum + JSON.stringify(tool).length + 40, system.length)
  return Math.ceil(lengths / 4) + OVERHEAD_TOKENS
}

function tokensOf(turn: Turn): number {
  switch (turn.role) {
    case 'user':
      return OVERHEAD_TOKENS + turn.text.length / 4
    case 'assistant':
      return (
        OVERHEAD_TOKENS +
        turn.text.length / 4 +
        turn.calls.reduce((sum, call) => sum + 30 + call.arguments.length / 4, 0)
      )
    case 'results':
      return turn.results.reduce((sum, { text }) => sum + OVERHEAD_TOKENS + text.length / 4, 0)
  }
}
