/** Deterministic pseudo-random numbers in [0, 1) (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

export type RecordShape = { models: number; providersPerModel: number; apps: number }

/** Like a day's traffic of a large gateway: a few models, apps and endpoints take most of it. */
export const TYPICAL_SHAPE: RecordShape = { models: 400, providersPerModel: 8, apps: 60 }

const USE_CASES = ['coding', 'support', 'research', 'extraction', 'writing', 'review']

/** Wire records for POST /api/v1/ingest, all different; `startedAtMs` says when each began. */
export function createRecordSource({
  seed,
  prefix,
  shape = TYPICAL_SHAPE,
}: {
  seed: number
  prefix: string
  shape?: RecordShape
}): (startedAtMs: number) => Record<string, unknown> {
  const random = seededRandom(seed)
  const skewed = (count: number) => Math.floor(count * random() ** 3)
  let sequence = 0
  return (startedAtMs) => {
    sequence += 1
    const model = skewed(shape.models)
    const isAgentic = random() < 0.5
    const hasFailed = random() < 0.03
    const toolsOffered = random() < 0.55 ? 1 + skewed(20) : 0
    const usesTool = toolsOffered > 0 && random() < 0.83
    const promptTokens = Math.floor((isAgentic ? 12_000 : 1500) * (0.3 + random()))
    const completionTokens = Math.floor(400 * (0.2 + random()))
    return {
      id: `${prefix}-${sequence}`,
      source: 'bench',
      startedAt: new Date(startedAtMs).toISOString(),
      model: `author-${model % 40}/model-${model}`,
      provider: `provider-${(model + skewed(shape.providersPerModel)) % 70}`,
      app: `app-${skewed(shape.apps)}`,
      sessionId: `session-${Math.floor(sequence / 6)}`,
      useCase: USE_CASES[skewed(USE_CASES.length)],
      callerKind: isAgentic ? 'agentic' : 'human',
      stream: true,
      promptTokens,
      cachedTokens: Math.floor(promptTokens * 0.6),
      completionTokens,
      reasoningTokens: Math.floor(completionTokens * 0.3),
      costUsd: promptTokens * 4e-7,
      finishReason: usesTool ? 'tool_calls' : 'stop',
      toolsOffered,
      ...(usesTool
        ? { toolCalls: [{ name: `tool_${skewed(30)}`, verdict: random() < 0.98 ? 'valid' : 'invalid_json' }] }
        : {}),
      httpStatus: hasFailed ? 503 : 200,
      durationMs: Math.floor(600 + 5000 * random()),
      timeToFirstTokenMs: Math.floor(120 + 600 * random()),
    }
  }
}
