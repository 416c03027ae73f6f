import { z } from 'zod'
import { Prisma } from '@/prisma/generated/client'
import { db } from '../../../platform/db.server'
import { USAGE_PART_MEASURES, type UsageMeasure } from '../../../recorder/measures'
import { CALLER_KINDS, type CallerKind } from '../../../records/vocabulary'
import { alignWindow } from '../../../time/cover'
import { horizonsAt } from '../../../time/horizons'
import { resolveWindow } from '../../../time/window'
import { usageSource } from '../../usage-source.server'
import { type AnatomySums, deriveAnatomy } from './derive-anatomy'
import type { AnatomyAnswer, AnatomyQuery } from './schema'

const MEASURES = [
  'requests',
  'tokens_known',
  'prompt_tokens',
  'completion_tokens',
  'cached_tokens',
  'cache_known_prompt_tokens',
  'reasoning_tokens',
  'reasoning_known_completion_tokens',
  ...USAGE_PART_MEASURES,
] as const satisfies readonly UsageMeasure[]

/** `key_id` is a position in CALLER_KINDS. */
const sumsRow = z.record(z.enum(['key_id', ...MEASURES]), z.number())

/** What an average agentic and an average human request are made of; reads rollups only. */
export async function readAnatomy(query: AnatomyQuery, nowMs: number): Promise<AnatomyAnswer> {
  const window = alignWindow(resolveWindow(query, nowMs), horizonsAt(nowMs))
  const source = usageSource({ subject: 'caller_kind', windows: [window], measures: MEASURES })
  const sums = Prisma.raw(MEASURES.map((name) => `coalesce(sum(${name}), 0)::float8 AS ${name}`).join(', '))
  const rows = z
    .array(sumsRow)
    .parse(await db().$queryRaw(Prisma.sql`SELECT key_id, ${sums} FROM ${source} AS source GROUP BY key_id`))
  const sumsOf = (kind: CallerKind) => {
    const row = rows.find(({ key_id }) => CALLER_KINDS[key_id] === kind)
    return row ? toSums(row) : null
  }
  return {
    from: new Date(window.fromMs).toISOString(),
    to: new Date(window.toMs).toISOString(),
    ...deriveAnatomy(sumsOf('agentic'), sumsOf('human')),
  }
}

function toSums(row: z.infer<typeof sumsRow>): AnatomySums {
  return {
    requests: row.requests,
    tokensKnown: row.tokens_known,
    promptTokens: row.prompt_tokens,
    completionTokens: row.completion_tokens,
    cachedTokens: row.cached_tokens,
    cacheKnownPromptTokens: row.cache_known_prompt_tokens,
    reasoningTokens: row.reasoning_tokens,
    reasoningKnownCompletionTokens: row.reasoning_known_completion_tokens,
    partsKnown: row.prompt_parts_known,
    parts: {
      system: row.system_tokens,
      toolDefinitions: row.tool_definition_tokens,
      mcpToolDefinitions: row.mcp_tool_definition_tokens,
      skills: row.skill_tokens,
      toolResults: row.tool_result_tokens,
      userText: row.user_text_tokens,
      assistantHistory: row.assistant_history_tokens,
    },
  }
}
