/** After `AiGatewayLog` of @cloudflare/workers-types and the API reference, AI Gateway, list logs. */
export const LOG = {
  id: '01JADMCQQQBWH3NXZ5GCRN98DP',
  created_at: '2026-11-22T10:00:00.000Z',
  provider: 'workers-ai',
  model: '@cf/meta/llama-3.1-8b-instruct',
  model_type: '',
  path: 'v1/chat/completions',
  request_type: '',
  request_content_type: 'application/json',
  response_content_type: 'application/json',
  status_code: 200,
  success: true,
  cached: false,
  step: 0,
  duration: 1250,
  tokens_in: 30,
  tokens_out: 12,
  cost: 0.00001,
  custom_cost: false,
  metadata: '{"user":"u1","app":"shop"}',
}

/** The same as Logpush writes names. */
export const PUSHED = {
  Id: 'x1',
  CreatedAt: '2026-11-22T10:00:00Z',
  Provider: 'openai',
  Model: 'gpt-4o-mini',
  StatusCode: 429,
  Duration: 10,
  TokensIn: 0,
  TokensOut: 0,
  Gateway: 'prod',
}

export const EXAMPLES: readonly unknown[] = [LOG, PUSHED, { result: [LOG], success: true }]
