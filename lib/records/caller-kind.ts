import type { CallerKind, CallerReason } from './vocabulary'

/**
 * Programs that act on tool results by themselves, by the name they give as app or user agent. A space stands for
 * any of space, dash, underscore, dot or nothing. Names that are also everyday words (continue, crush, amp, zed) are
 * left out: an operator can declare the caller kind of such an app.
 */
export const KNOWN_AGENT_CLIENTS = [
  'claude code',
  'claude cli',
  'codex',
  'codex cli',
  'opencode',
  'cline',
  'roo code',
  'roo cline',
  'kilo code',
  'aider',
  'goose',
  'openhands',
  'opendevin',
  'openclaw',
  'cursor agent',
  'cursor cli',
  'gemini cli',
  'qwen code',
  'kimi cli',
  'copilot cli',
  'copilot coding agent',
  'swe agent',
  'mini swe agent',
  'plandex',
  'devin',
  'windsurf',
  'auto gpt',
  'babyagi',
  'browser use',
  'hermes agent',
  'factory droid',
  'charm crush',
  'sourcegraph amp',
] as const

const AGENT_CLIENT = new RegExp(
  `(?<![a-z0-9])(?:${KNOWN_AGENT_CLIENTS.map((name) => name.replaceAll(' ', '[-_. ]?')).join('|')})(?![a-z0-9])`,
  'i',
)

/** App names and user agents repeat, so their answers are kept; the bound keeps invented names from piling up. */
const REMEMBERED_NAMES = 2000
const MAX_NAME_LENGTH = 300
const remembered = new Map<string, boolean>()

/**
 * Whether an app name or user agent is one of `KNOWN_AGENT_CLIENTS`, matched on word boundaries whatever the case,
 * in its first 300 characters. Null gives false. Source of the definition: design.md §5, caller kind (4).
 */
export function isKnownAgentClient(name: string | null): boolean {
  if (name === null || name === '') return false
  const key = name.length > MAX_NAME_LENGTH ? name.slice(0, MAX_NAME_LENGTH) : name
  const known = remembered.get(key)
  if (known !== undefined) return known
  const isAgent = AGENT_CLIENT.test(key)
  if (remembered.size >= REMEMBERED_NAMES) remembered.clear()
  remembered.set(key, isAgent)
  return isAgent
}

/** What a log says about who drives a request; null where it says nothing. */
export type CallerSignals = {
  /** What the record itself says; `unknown` says nothing. */
  declared: CallerKind | null
  hasToolResultsInInput: boolean | null
  toolsOffered: number | null
  /** Normalised by `normalizeFinishReason`. */
  finishReason: string | null
  app: string | null
  userAgent: string | null
  hasAgentSpanAncestor: boolean
}

/**
 * Who drives a request, and why we think so. The first of these that holds makes it agentic (or what was declared):
 * (1) the record says so, (2) its input holds tool results, (3) tools were offered and the answer ended by tool call,
 * (4) a known agent client sent it, (5) an ancestor span is an agent's. Otherwise it is `human` when the record has
 * tool information and `unknown` when it has none. An answer that ended by tool call proves that tools were offered,
 * so (3) also holds when the log does not carry their number. Source of the definition: design.md §5.
 */
export function classifyCaller(signals: CallerSignals): {
  callerKind: CallerKind
  callerReason: CallerReason
} {
  const { declared, hasToolResultsInInput, toolsOffered, finishReason } = signals
  if (declared !== null && declared !== 'unknown') return { callerKind: declared, callerReason: 'declared' }
  if (hasToolResultsInInput) return agentic('tool_results_in_input')
  if (toolsOffered !== 0 && finishReason === 'tool_calls') return agentic('finished_by_tool_call')
  if (isKnownAgentClient(signals.app) || isKnownAgentClient(signals.userAgent)) {
    return agentic('known_agent_client')
  }
  if (signals.hasAgentSpanAncestor) return agentic('agent_span_ancestor')
  const hasToolInformation = hasToolResultsInInput !== null || toolsOffered !== null
  return hasToolInformation
    ? { callerKind: 'human', callerReason: 'no_agent_signal' }
    : { callerKind: 'unknown', callerReason: 'no_tool_information' }
}

function agentic(callerReason: CallerReason) {
  return { callerKind: 'agentic' as const, callerReason }
}
