import type { WireRecord } from '../formats/sightglass/schema'
import { between, logNormal, type Random } from '../platform/random'
import type { SimulatedEndpoint } from './build-models'

export type SimulatedTokens = {
  promptTokens: number
  cachedTokens: number
  completionTokens: number
  reasoningTokens: number
}

/**
 * The tokens of one answered request. `progress` is how far its session is, 0 to 1: an agent's prompt grows with every
 * turn, and all but the newest turn comes from the cache.
 */
export function drawTokens({
  random,
  kind,
  progress,
  isReasoning,
}: {
  random: Random
  kind: 'human' | 'agentic'
  progress: number
  isReasoning: boolean
}): SimulatedTokens {
  const isAgentic = kind === 'agentic'
  const prompt = isAgentic
    ? clamp(logNormal(random, 5600 + 7000 * progress, 0.42), 1800, 64_000)
    : clamp(logNormal(random, 1450, 0.75), 40, 24_000)
  const completion = isAgentic
    ? clamp(logNormal(random, 230, 0.75), 24, 6000)
    : clamp(logNormal(random, 430, 0.7), 12, 8000)
  const promptTokens = Math.round(prompt)
  const completionTokens = Math.round(completion * (isReasoning ? 1.7 : 1))
  return {
    promptTokens,
    cachedTokens: Math.floor(promptTokens * cachedShare(random, isAgentic, progress)),
    completionTokens,
    reasoningTokens: isReasoning ? Math.floor(completionTokens * between(random, 0.25, 0.7)) : 0,
  }
}

function cachedShare(random: Random, isAgentic: boolean, progress: number): number {
  const draw = random()
  if (!isAgentic) return draw < 0.3 ? draw * 2.2 : 0
  // The first turn, and the odd cache miss, pay in full.
  if (progress < 0.04 || draw < 0.06) return 0
  return Math.min(0.95, 0.55 + 0.3 * progress + 0.15 * draw)
}

/** What the request cost at that endpoint, in US dollars, to the micro-dollar. */
export function priceOf(tokens: SimulatedTokens, endpoint: SimulatedEndpoint): number {
  const dollars =
    (tokens.promptTokens - tokens.cachedTokens) * endpoint.promptPrice +
    tokens.cachedTokens * endpoint.cachedPrice +
    tokens.completionTokens * endpoint.completionPrice
  return Math.round(dollars * 1e6) / 1e6
}

/** Where the prompt's tokens went; the parts add up to `promptTokens`. */
export function drawPromptParts({
  random,
  kind,
  promptTokens,
  toolsOffered,
  progress,
}: {
  random: Random
  kind: 'human' | 'agentic'
  promptTokens: number
  toolsOffered: number
  progress: number
}): NonNullable<WireRecord['promptParts']> {
  const isAgentic = kind === 'agentic'
  const part = (share: number) => Math.floor(promptTokens * share * between(random, 0.6, 1.2))
  const definitions = toolsOffered === 0 ? 0 : isAgentic ? 0.26 - 0.12 * progress : 0.16
  const system = part(isAgentic ? 0.09 : 0.16)
  const toolDefinitions = part(definitions * 0.55)
  const mcpToolDefinitions = isAgentic ? part(definitions * 0.45) : 0
  const skills = isAgentic ? part(0.05) : 0
  const toolResults = isAgentic ? part(0.2 + 0.22 * progress) : 0
  const userText = part(isAgentic ? 0.05 : 0.4)
  const named = system + toolDefinitions + mcpToolDefinitions + skills + toolResults + userText
  return {
    system,
    toolDefinitions,
    mcpToolDefinitions,
    skills,
    toolResults,
    userText,
    assistantHistory: promptTokens - named,
  }
}

function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(value, most))
}
