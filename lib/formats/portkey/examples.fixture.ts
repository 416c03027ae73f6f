/** A line of an export, after Portkey-AI/docs-core, product/observability/logs-export. */
export const ROW = {
  id: '9f1',
  trace_id: 't-1',
  created_at: '2026-11-22T10:00:00Z',
  request_url: 'https://api.openai.com/v1/chat/completions',
  request: {
    model: 'gpt-5-mini',
    messages: [{ role: 'user', content: 'hi' }],
    tools: [{ type: 'function', function: { name: 'ls' } }],
  },
  response: {
    choices: [{ finish_reason: 'stop', message: { role: 'assistant', content: 'hello' } }],
    usage: { prompt_tokens: 120, completion_tokens: 8, prompt_tokens_details: { cached_tokens: 100 } },
  },
  ai_org: 'openai',
  ai_model: 'gpt-5-mini',
  req_units: 120,
  res_units: 8,
  total_units: 128,
  cost: 0.042,
  cost_currency: 'USD',
  response_time: 912,
  response_status_code: 200,
  metadata: { _user: 'u1', app: 'shop' },
}

/** A body of `POST /v1/logs`, after the same pages. */
export const INSERTED = {
  request: {
    url: 'https://api.anthropic.com/v1/messages',
    provider: 'anthropic',
    headers: { date: 'Sun, 22 Nov 2026 10:00:01 GMT' },
    method: 'POST',
    body: { model: 'claude-sonnet-4-5', max_tokens: 10, messages: [{ role: 'user', content: 'hi' }] },
  },
  response: {
    status: 200,
    headers: {},
    body: {
      type: 'message',
      model: 'claude-sonnet-4-5',
      content: [{ type: 'text', text: 'hi' }],
      stop_reason: 'end_turn',
      usage: { input_tokens: 5, output_tokens: 2 },
    },
    response_time: 1000,
    streamingMode: false,
  },
  metadata: { traceId: 't', spanId: 's', user: 'u2' },
}

export const EXAMPLES: readonly unknown[] = [ROW, INSERTED]
