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
    text: 'US dollars over the requests whose cost is known: reported with the request, else from the price table. Every attempt that a provider billed counts, also one whose answer the tool-call guard refused. A request with neither is left out, not counted as free.',
  },
  requestCost: {
    name: 'Cost',
    text: 'The sum over all attempts that a provider billed and whose cost is known, also those whose answer was refused or broke. Each attempt below says its own.',
  },
  successRate: {
    name: 'Success rate',
    text: 'ok ÷ (ok + errors) over requests, after failover. Errors are 5xx, timeouts, lost connections, broken streams, undecodable answers, and refused or missing provider credentials. Rate limits, invalid requests, content refusals and cancellations are left out.',
  },
  agenticShare: {
    name: 'Agentic share',
    text: 'Agentic tokens ÷ all tokens, of chats and completions. A request is agentic if its record says so, its input holds tool results, tools were offered and the answer ended by tool call, the app is a known agent client, or an ancestor span is an agent’s. It is human otherwise, and unknown when the log says nothing about tools.',
  },
  toolFunnel: {
    name: 'Tool funnel',
    text: 'Over the chats and completions whose tools are known: offered = requests with at least one tool definition; used = of those, requests with at least one tool call; finished by tool call = finish reason tool_calls ÷ all. Offered × used is about what finishes by a tool call.',
  },
  callerKind: {
    name: 'Agentic, human, unknown',
    text: 'A request is agentic if its record says so, its input holds tool results, tools were offered and the answer ended by tool call, the app is a known agent client, or an ancestor span is an agent’s. It is human otherwise, and unknown when the log says nothing about tools. The reason is kept with every request.',
  },
  agenticRequestShare: {
    name: 'Agentic requests',
    text: 'Agentic requests ÷ all requests, unknown ones included.',
  },
  agenticFactor: {
    name: 'Agentic factor',
    text: 'Average tokens of an agentic request ÷ those of a human one, prompt plus completion, each over the requests whose tokens are known.',
  },
  crossover: {
    name: 'Crossover',
    text: 'First day (UTC) from which agentic tokens exceed human tokens in the trailing 7 days, up to the end of the window. Days before the window count. None when agents are not ahead at its end; equal is not ahead.',
  },
  anatomy: {
    name: 'Anatomy of a turn',
    text: 'The average request of each kind. Parts of the prompt are estimates scaled to the provider’s own count, averaged over the requests whose parts are known; parts nobody told are unknown, not zero.',
  },
  partSystem: { name: 'System prompt', text: 'Instructions sent before the conversation.' },
  partToolDefinitions: {
    name: 'Tool definitions',
    text: 'Names, descriptions and parameter schemas of the tools that were offered, those of MCP servers aside.',
  },
  partMcpToolDefinitions: {
    name: 'MCP definitions',
    text: 'Definitions of the offered tools that come from MCP servers.',
  },
  partSkills: { name: 'Skills', text: 'Front matter of the skills that were put before the model.' },
  partToolResults: { name: 'Tool results', text: 'What earlier tool calls returned, sent along as input.' },
  partUserText: { name: 'User', text: 'What the person or program wrote.' },
  partAssistantHistory: { name: 'History', text: 'The model’s own earlier answers, sent along as input.' },
  partReasoning: {
    name: 'Reasoning',
    text: 'Reasoning tokens, which are inside the completion: its average split as in the requests that say how much theirs was.',
  },
  partOutput: {
    name: 'Output',
    text: 'The completion without its reasoning; the whole completion while reasoning is not known.',
  },
  cachedShare: {
    name: 'Cached',
    text: 'Cached ÷ prompt tokens, over the requests whose cached tokens are known. Cached is inside prompt.',
  },
  callerClass: {
    name: 'Agentic, mixed, human',
    text: 'Per app or API key: agentic when at least 80% of all its tokens are, human when at most 20% are, mixed between, unknown when none of its requests is known to be either. What an admin or member declared wins.',
  },
  callerAgenticShare: {
    name: 'Agentic share',
    text: 'Agentic tokens ÷ all tokens of this app or key, those of unknown requests included.',
  },
  costPerSession: {
    name: 'Cost per session',
    text: 'Median cost in US dollars, within 2%, of the sessions that began on the UTC days of the window, by turns; a turn is a chat or a completion. A session counts only where the cost of all its turns is known. The line spans the middle half.',
  },
  contextLength: {
    name: 'Context length',
    text: 'Prompt plus completion tokens of a request: up to a thousand, ten thousand, and so on. Requests whose tokens are not known are left out.',
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
  launch: {
    name: 'Launch',
    text: 'The day somebody gave as the release, else the UTC day of the first request, under any of the model’s names.',
  },
  modelProviders: {
    name: 'Providers',
    text: 'Providers that serve the model: configured here, or named by a log.',
  },
  cheapestPrice: {
    name: 'Prices',
    text: 'US dollars per million tokens: the cheapest prompt and the cheapest completion of its enabled endpoints, each by itself.',
  },
  modelContext: {
    name: 'Context',
    text: 'The longest context of its enabled endpoints, in tokens.',
  },
  listPrice: {
    name: 'Prices',
    text: 'US dollars per million tokens, as configured for this endpoint.',
  },
  effectivePrice: {
    name: 'Effective price',
    text: 'Known costs ÷ tokens of the requests that have one, in US dollars per million tokens: what was really paid, caching and refused answers included.',
  },
  cacheHitRate: {
    name: 'Cache hit rate',
    text: 'Cached ÷ prompt tokens, over the requests whose cached tokens are known.',
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
    text: 'Of the uptime over the shortest of 5 minutes, 30 minutes and a day in which at least 20 attempts count: healthy from 95%, degraded from 80%, down below. With fewer attempts in all three there is too little traffic to say.',
  },
  rateLimitedShare: {
    name: 'Rate-limited share',
    text: 'Attempts answered with 429 ÷ all attempts. Rate limits are no errors in uptime.',
  },
  latency: {
    name: 'Latency',
    text: 'Time to first token. Percentiles come from histograms and are exact to 2%.',
  },
  throughput: {
    name: 'Throughput',
    text: 'Completion tokens ÷ (duration − time to first token) when streaming, ÷ duration otherwise. Percentiles come from histograms and are exact to 2%.',
  },
  toolCallErrorRate: {
    name: 'Tool-call error rate',
    text: 'Attempts with at least one bad call ÷ attempts that finished with tool_calls and whose calls could be checked. A call is bad if its arguments are not JSON, its name was not offered, or its arguments fail the offered JSON Schema. Calls without a schema to check are valid; calls whose tools are not in the log are in neither count. The line is the Wilson 95% interval. Below 20 attempts: not enough data.',
  },
  attempts: {
    name: 'Attempts',
    text: 'Every try of a request at a provider. A request that failed here and succeeded elsewhere is one failed attempt here.',
  },
  decidedRequests: {
    name: 'Requests and tokens',
    text: 'Requests whose last attempt went here, and their tokens: prompt plus completion.',
  },
  toolCalls: {
    name: 'Tool calls',
    text: 'Calls in the answers to requests whose tools are known. A request may make several; the average is over requests with at least one. Share is of all tool calls, change is against the preceding equal window.',
  },
  toolUseRate: {
    name: 'Tool-use rate',
    text: 'Attempts that finished with tool_calls ÷ attempts with tools offered. Providers of one model are compared with each other: the same model, asked alike, should reach for its tools alike.',
  },
  toolErrorRate: {
    name: 'Error rate of a tool',
    text: 'Bad calls ÷ calls that could be checked, over all attempts, also those that failover hid. Bad: arguments that are not JSON, a name that was not offered, or arguments that fail the offered JSON Schema. The line is the Wilson 95% interval. Below 20 checked calls: not enough data.',
  },
} as const satisfies Record<string, { name: string; text: string }>

export type DefinitionName = keyof typeof DEFINITIONS
