import { describe, expect, test } from 'vitest'
import { type CallerSignals, classifyCaller, isKnownAgentClient, KNOWN_AGENT_CLIENTS } from './caller-kind'

const nothing: CallerSignals = {
  declared: null,
  hasToolResultsInInput: null,
  toolsOffered: null,
  finishReason: null,
  app: null,
  userAgent: null,
  hasAgentSpanAncestor: false,
}
const everything: CallerSignals = {
  declared: 'human',
  hasToolResultsInInput: true,
  toolsOffered: 3,
  finishReason: 'tool_calls',
  app: 'claude-code',
  userAgent: 'codex_cli_rs/0.4',
  hasAgentSpanAncestor: true,
}

describe('classifyCaller', () => {
  test.each<[string, Partial<CallerSignals>, string, string]>([
    ['a declared agent', { declared: 'agentic' }, 'agentic', 'declared'],
    ['a declared human, whatever else speaks', everything, 'human', 'declared'],
    ['declared unknown, which says nothing', { declared: 'unknown' }, 'unknown', 'no_tool_information'],
    ['tool results', { ...everything, declared: null }, 'agentic', 'tool_results_in_input'],
    [
      'tools offered and a tool call at the end',
      { toolsOffered: 1, finishReason: 'tool_calls' },
      'agentic',
      'finished_by_tool_call',
    ],
    [
      'an end by tool call, tools not logged',
      { finishReason: 'tool_calls' },
      'agentic',
      'finished_by_tool_call',
    ],
    [
      'a tool-call end without tools',
      { toolsOffered: 0, finishReason: 'tool_calls' },
      'human',
      'no_agent_signal',
    ],
    ['tools offered, not used', { toolsOffered: 4, finishReason: 'stop' }, 'human', 'no_agent_signal'],
    ['a known app', { app: 'Roo Code' }, 'agentic', 'known_agent_client'],
    [
      'a known user agent',
      { userAgent: 'claude-cli/2.0.1 (external, cli)' },
      'agentic',
      'known_agent_client',
    ],
    ['an agent span above', { hasAgentSpanAncestor: true }, 'agentic', 'agent_span_ancestor'],
    [
      'an app above an agent span',
      { app: 'cline', hasAgentSpanAncestor: true },
      'agentic',
      'known_agent_client',
    ],
    ['an input seen, without tool results', { hasToolResultsInInput: false }, 'human', 'no_agent_signal'],
    ['no tools offered', { toolsOffered: 0 }, 'human', 'no_agent_signal'],
    ['nothing at all', {}, 'unknown', 'no_tool_information'],
    ['only a finish reason', { finishReason: 'stop', app: 'shop-bot' }, 'unknown', 'no_tool_information'],
  ])('%s', (_claim, signals, callerKind, callerReason) => {
    expect(classifyCaller({ ...nothing, ...signals })).toEqual({ callerKind, callerReason })
  })
})

describe('isKnownAgentClient', () => {
  test.each(KNOWN_AGENT_CLIENTS)('knows %s however it is spelled', (name) => {
    expect(isKnownAgentClient(name)).toBe(true)
    expect(isKnownAgentClient(name.replaceAll(' ', '-'))).toBe(true)
    expect(isKnownAgentClient(name.replaceAll(' ', '_').toUpperCase())).toBe(true)
    expect(isKnownAgentClient(`node/20 ${name.replaceAll(' ', '')}/1.2.3 (linux)`)).toBe(true)
  })

  test.each(['shop-bot', 'mongoose', 'incline', 'decline-mailer', 'raider', 'codexample', 'Cursor', ''])(
    'does not take %s for one',
    (name) => {
      expect(isKnownAgentClient(name)).toBe(false)
    },
  )

  test('stays right when more names come by than it remembers', () => {
    for (let index = 0; index < 5000; index++) expect(isKnownAgentClient(`app-${index}`)).toBe(false)
    expect(isKnownAgentClient('aider')).toBe(true)
  })
})
