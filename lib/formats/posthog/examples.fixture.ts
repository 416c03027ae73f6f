import { RECORDED } from './recorded.fixture'

/** As posthog.com/docs/llm-analytics/installation/manual-capture has it, with the time that its API adds. */
export const CAPTURED = {
  api_key: 'phc_x',
  event: '$ai_generation',
  timestamp: '2026-11-22T10:00:01.500Z',
  uuid: '01a23127-0000-7000-8000-000000000001',
  properties: {
    distinct_id: 'user_123',
    $ai_trace_id: 'trace_id_here',
    $ai_model: 'gpt-5-mini',
    $ai_provider: 'openai',
    $ai_input: [{ role: 'user', content: 'Tell me a fun fact about hedgehogs' }],
    $ai_input_tokens: 10,
    $ai_output_choices: [
      { role: 'assistant', content: 'Hedgehogs have around 5,000 to 7,000 spines on their backs!' },
    ],
    $ai_output_tokens: 20,
    $ai_latency: 1.5,
    $ai_stream: true,
    $ai_time_to_first_token: 0.25,
  },
}

export const EXAMPLES: readonly unknown[] = [...RECORDED.map(({ body }) => body), CAPTURED]
