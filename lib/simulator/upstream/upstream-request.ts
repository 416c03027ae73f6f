import type { OfferedTool } from '../../records/check-tool-calls'
import type { JsonSchema } from './resolve-schema'

/** A request in neither shape: what deciding on an answer takes. */
export type UpstreamRequest = {
  model: string
  isStream: boolean
  /** Whether the stream is to end with the usage; the Anthropic shape always tells. */
  wantsUsage: boolean
  tools: readonly OfferedTool[]
  toolChoice: 'auto' | 'none' | 'required' | { name: string }
  allowsParallelCalls: boolean
  endsWithToolResults: boolean
  /** Answers given before in this conversation. */
  earlierTurns: number
  /** Null = no limit. */
  maxTokens: number | null
  wantsReasoning: boolean
  /** What the answer must be: prose, any JSON object, or JSON of this schema. */
  output: 'text' | 'json' | JsonSchema
}

/** A request that a provider of its shape would refuse: what is wrong, and with which field (null = the whole). */
export type RequestProblem = { message: string; field: string | null }

export type ReadRequest = { ok: true; request: UpstreamRequest } | { ok: false; problem: RequestProblem }
