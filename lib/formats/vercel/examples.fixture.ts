/** After vercel/ai, packages/gateway/src/gateway-generation-info.ts. */
export const GENERATION = {
  id: 'gen_01ARZ3NDEKTSV4RRFFQ69G5FAV',
  total_cost: 0.00123,
  upstream_inference_cost: 0.0011,
  usage: 0.00123,
  created_at: '2026-11-22T10:00:00.000Z',
  model: 'gpt-5-mini',
  is_byok: false,
  provider_name: 'openai',
  streamed: true,
  finish_reason: 'stop',
  latency: 200,
  generation_time: 1500,
  native_tokens_prompt: 100,
  native_tokens_completion: 50,
  native_tokens_reasoning: 10,
  native_tokens_cached: 20,
  native_tokens_cache_creation: 5,
  billable_web_search_calls: 0,
}

/** After vercel.com/docs/ai-gateway/capabilities/custom-reporting. */
export const REPORT = {
  results: [
    {
      day: '2026-11-15',
      user: 'customer_42',
      total_cost: 1.24,
      market_cost: 1.42,
      input_tokens: 4201,
      output_tokens: 980,
      cached_input_tokens: 1600,
      cache_creation_input_tokens: 380,
      reasoning_tokens: 520,
      request_count: 84,
    },
  ],
}

export const EXAMPLES: readonly unknown[] = [{ data: GENERATION }, GENERATION, REPORT]
