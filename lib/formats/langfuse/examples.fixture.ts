import { RECORDED } from './recorded.fixture'

/** As Langfuse's API lists observations (langfuse.com/docs/api, GET /api/public/observations). */
export const OBSERVATION = {
  id: 'obs-1',
  traceId: 'trace-1',
  type: 'GENERATION',
  name: 'answer',
  startTime: '2026-11-22T10:00:00.000Z',
  endTime: '2026-11-22T10:00:02.000Z',
  completionStartTime: '2026-11-22T10:00:00.500Z',
  model: 'gpt-4o',
  usage: { input: 10, output: 4, total: 14, unit: 'TOKENS' },
  calculatedTotalCost: 0.001,
  level: 'DEFAULT',
}

export const EXAMPLES: readonly unknown[] = [
  ...RECORDED.map(({ body }) => body),
  OBSERVATION,
  { data: [OBSERVATION], meta: { page: 1 } },
]
