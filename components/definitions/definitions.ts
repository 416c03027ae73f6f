/** The product's definitions as readers see them; each quotes the module that computes it (design.md §5). */
export const DEFINITIONS = {
  requests: {
    name: 'Requests',
    text: 'Every request that was logged in the window. A request that failed on one provider and succeeded on the next counts once.',
  },
  totalTokens: {
    name: 'Total tokens',
    text: 'Prompt plus completion tokens, each provider’s own count. Reasoning is inside completion, cached is inside prompt.',
  },
  spend: {
    name: 'Spend',
    text: 'US dollars over the requests whose cost is known: reported with the request, else from the price table. A request with neither is left out, not counted as free.',
  },
  successRate: {
    name: 'Success rate',
    text: 'ok ÷ (ok + errors) over requests, after failover. Errors are 5xx, timeouts, lost connections, broken streams, undecodable answers, and refused or missing provider credentials. Rate limits, invalid requests, content refusals and cancellations are left out.',
  },
  agenticShare: {
    name: 'Agentic share',
    text: 'Agentic tokens ÷ all tokens. A request is agentic if its record says so, its input holds tool results, tools were offered and the answer ended by tool call, the app is a known agent client, or an ancestor span is an agent’s. It is human otherwise, and unknown when the log says nothing about tools.',
  },
  rank: {
    name: 'Rank',
    text: 'By total tokens in the window, ties alphabetical. The arrow compares with the rank in the preceding equal window.',
  },
  share: {
    name: 'Share',
    text: 'Of all tokens in the window, including those of rows that are not shown.',
  },
  change: {
    name: 'Change',
    text: 'Tokens in this window against the preceding equal window: (now − before) ÷ before.',
  },
  trending: {
    name: 'Trending',
    text: 'Tokens in the window minus the mean of the three preceding equal windows. Rows without an excess are left out.',
  },
  trend: {
    name: 'Trend',
    text: 'Tokens over the window. The bucket that is still filling is left out. Each line has its own scale.',
  },
} as const satisfies Record<string, { name: string; text: string }>

export type DefinitionName = keyof typeof DEFINITIONS
