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
  toolFunnel: {
    name: 'Tool funnel',
    text: 'Over the requests whose tools are known: offered = requests with at least one tool definition; used = of those, requests with at least one tool call; ended by tool call = finish reason tool_calls ÷ all. Offered × used is about what ends by a tool call.',
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
  useCase: {
    name: 'Use case',
    text: 'What a request is for: what its log says, else the header X-Sightglass-Use-Case, else the first rule that is switched on and fits. Rules count for requests recorded after they were written.',
  },
  trend: {
    name: 'Trend',
    text: 'Tokens over the window. The bucket that is still filling is left out. Each line has its own scale.',
  },
  withRouting: {
    name: 'Availability with routing',
    text: 'Request success: ok ÷ (ok + errors) over requests, after failover. What callers saw.',
  },
  withoutRouting: {
    name: 'Availability without routing',
    text: 'Mean attempt success: ok ÷ (ok + errors) over all attempts. What callers would have seen had no request gone on to another provider.',
  },
  uptime: {
    name: 'Uptime',
    text: 'ok ÷ (ok + errors) over attempts. Errors are 5xx, timeouts, lost connections, broken streams, undecodable answers, refused credentials and models not found. Left out: rate limits (their own line), invalid requests, content refusals, cancellations. Not told under 20 attempts that count.',
  },
  endpointStatus: {
    name: 'Status',
    text: 'Of the uptime over the shortest of 5 minutes, 30 minutes and a day in which at least 20 attempts count: healthy from 95 %, degraded from 80 %, down below. With fewer attempts in all three there is too little traffic to say.',
  },
  rateLimitedShare: {
    name: 'Rate-limited share',
    text: 'Attempts answered with 429 ÷ all attempts. Rate limits are no errors in uptime.',
  },
  latency: {
    name: 'Latency',
    text: 'Time to first token. Percentiles come from histograms and are exact to 2 %.',
  },
  throughput: {
    name: 'Throughput',
    text: 'Completion tokens ÷ (duration − time to first token) when streaming, ÷ duration otherwise. Percentiles come from histograms and are exact to 2 %.',
  },
  toolCallErrorRate: {
    name: 'Tool-call error rate',
    text: 'Attempts with at least one bad tool call ÷ attempts that finished with tool calls that could be checked. A call is bad if its arguments are not JSON, its name was not offered, or its arguments fail the offered JSON Schema. Under 20 such attempts there is not enough data.',
  },
  attempts: {
    name: 'Attempts',
    text: 'Every try of a request at a provider. A request that failed here and succeeded elsewhere is one failed attempt here.',
  },
  decidedRequests: {
    name: 'Requests and tokens',
    text: 'Requests whose last attempt went here, and their tokens: prompt plus completion.',
  },
} as const satisfies Record<string, { name: string; text: string }>

export type DefinitionName = keyof typeof DEFINITIONS
