/** What a provider has against a parameter. */
export type Objection =
  /** It knows no such field. */
  | 'unknown'
  /** It knows it, but does not take it for this model. */
  | 'unsupported'
  /** Not with this value; `supported` may list others. */
  | 'value'
  /** Not beside another one. */
  | 'together'
  /** A text with more characters than `limit`. */
  | 'too_long'
  /** A text with other characters than it takes. */
  | 'format'
  /** A number above `limit`. */
  | 'too_large'
  /** The role `developer`. */
  | 'role'
  /** Thinking by a budget. */
  | 'thinking'
  /** Ids of tool calls of another form; `limit` = their length. */
  | 'call_id'
  /** Names of tools of another form; `limit` = their greatest length. */
  | 'tool_name'

/**
 * Ways in which providers say it. Groups: `name` the parameter, as a place in the body where it is one, `names`
 * several, `at` the place that it is in, `use` what to send instead, `other` what it may not stand beside, `limit`,
 * `supported`.
 */
export type RefusalPattern = { objection: Objection; patterns: readonly RegExp[]; source: string }

/** Only from its beginning, so that a long word is read once. */
const NAME = String.raw`(?<![\w.])[A-Za-z_$#/][\w$.[\]/-]{0,200}`
const NAMES = String.raw`(?<names>[\w.$]+(?:, ?[\w.$]+)*)`
const Q = '["\'`]'
const QUOTED = `${Q}?(?<name>${NAME})${Q}?`

const patterns = (...texts: string[]) => texts.map((text) => new RegExp(text, 'gis'))

/** The first that fits a sentence reads it; all its matches count. Sources are public reports of the wording. */
export const REFUSAL_PATTERNS: readonly RefusalPattern[] = [
  {
    objection: 'thinking',
    patterns: patterns(String.raw`thinking\.type\.enabled\W+is not supported`),
    source: 'Anthropic: BerriAI/litellm-docs#937',
  },
  {
    objection: 'call_id',
    patterns: patterns(
      String.raw`Tool call id was .{0,300}? but must be a-z, A-Z, 0-9, with a length of (?<limit>\d+)`,
    ),
    source: 'Mistral: langchain-ai/langchain#24668',
  },
  {
    objection: 'role',
    patterns: patterns(
      String.raw`unexpected (?:message )?role\b`,
      String.raw`\brole\b.{0,160}\bdeveloper\b`,
      String.raw`\bdeveloper\b.{0,160}\brole\b`,
      String.raw`unknown variant .developer\b`,
      `invalid value: 'developer'`,
    ),
    source: 'DeepSeek, vLLM, OpenAI: earendil-works/pi#1048, vllm-project/vllm#42407',
  },
  {
    objection: 'together',
    patterns: patterns(
      `${QUOTED} and ${Q}?(?<other>${NAME})${Q}? (?:cannot|can't|can not|must not|may not) (?:both )?be (?:both )?(?:specified|set|used|provided)`,
    ),
    source: 'Anthropic: skydiscover-ai/skydiscover#15',
  },
  {
    objection: 'tool_name',
    patterns: patterns(
      String.raw`length of the tool name cannot exceed (?<limit>\d+)`,
      String.raw`Invalid function name\..{0,200}?maximum length of (?<limit>\d+)`,
    ),
    source: 'Alibaba, Google: QwenLM/Qwen3-VL#2069, google-gemini/gemini-cli#6704',
  },
  {
    objection: 'too_long',
    patterns: patterns(
      String.raw`${QUOTED}: (?:string too long\. Expected a string with maximum length|String should have at most) (?<limit>\d+)`,
    ),
    source: 'OpenAI, Anthropic: camel-ai/camel#2215, anthropics/claude-code#5132',
  },
  {
    objection: 'format',
    patterns: patterns(
      String.raw`${QUOTED}: string (?:does not|should) match pattern.{0,80}?\{1,(?<limit>\d+)\}`,
      `${QUOTED}: string (?:does not|should) match pattern`,
    ),
    source: 'OpenAI, Anthropic: nanbingxyz/5ire#33',
  },
  {
    objection: 'too_large',
    patterns: patterns(
      String.raw`${QUOTED} is too large: \d+\. This model supports at most (?<limit>\d+)`,
      String.raw`${QUOTED}: \d+ > (?<limit>\d+)`,
      String.raw`${QUOTED} must be less than or equal to ${Q}?(?<limit>\d+)`,
      String.raw`range of ${QUOTED} (?:is|should be) \[\d+, ?(?<limit>\d+)\]`,
      String.raw`parameter ${QUOTED} .{0,120}expected a value <= (?<limit>\d+)`,
    ),
    source:
      'OpenAI, Anthropic, Groq, DeepSeek, Volcengine: enoch3712/ExtractThinker#346, HELPMEEADICE/doge-code#5, Gitlawb/openclaude#331',
  },
  {
    objection: 'value',
    patterns: patterns(
      String.raw`Unsupported value: ${QUOTED} does not support .{0,80}? with this model\. Supported values are: (?<supported>[^.]{1,200})`,
      `Unsupported value: '[^']{1,80}' is not supported with .{0,120}?Supported values are: (?<supported>[^.]{1,200})`,
      `Unsupported value: ${QUOTED} does not support`,
      String.raw`invalid ${QUOTED}: only \S+ is allowed for this model`,
      `Invalid (?<name>service_tier) argument`,
    ),
    source: 'OpenAI, Moonshot: gabrii/Cursor-Azure-GPT-5#33, HKUDS/nanobot#202',
  },
  {
    objection: 'unknown',
    patterns: patterns(
      `'(?<at>${NAME})' : property '(?<name>${NAME})' is unsupported`,
      `property '(?<name>${NAME})' is unsupported`,
      `Extra inputs are not permitted, field: ${QUOTED}`,
      `${QUOTED}: Extra (?:inputs|fields) (?:are )?not permitted`,
      `extra fields not permitted:? ${Q}?${NAMES}`,
      `Unrecognized request arguments? supplied: ${NAMES}`,
      `Unknown name "(?<name>${NAME})"(?: at '(?<at>${NAME})')?: Cannot find field`,
      `unknown field: parameter ${QUOTED} is not a valid field`,
      `unknown field ${QUOTED}`,
      `(?:unknown|unrecognized|unexpected|invalid) (?:parameter|argument|field|property|key)s?:? ${Q}(?<name>${NAME})${Q}`,
      `unexpected keyword argument ${QUOTED}`,
      String.raw`extraneous key \[(?<name>[\w.]+)\] is not permitted`,
      String.raw`'type': 'extra_forbidden', 'loc': [[(](?<name>[^\])]{1,200})[\])]`,
      String.raw`Additional properties are not allowed \('(?<name>${NAME})' (?:was|were) unexpected\)`,
    ),
    source:
      'Groq, Cerebras, Fireworks, Anthropic, FastAPI, Azure, Google, serde, Go, Cohere, Bedrock: janhq/jan#8136, Kilo-Org/kilocode#10375, FlowiseAI/Flowise#2866, songquanpeng/one-api#1423, liliMozi/openhanako#394, BerriAI/litellm#14225, continuedev/continue#12936, OpenRouterTeam/openrouter-examples#71',
  },
  {
    objection: 'unsupported',
    patterns: patterns(
      String.raw`Unsupported parameter: ${QUOTED} is not supported with this model\. Use '(?<use>${NAME})' instead`,
      `Arguments? not supported(?: on this model)?: ${NAMES}`,
      String.raw`Unsupported (?:parameter|argument|field)s?(?:\(s\))?:? ${Q}?${NAMES}`,
      String.raw`does not support (?:the )?parameters?:? \[?${Q}?(?<name>[a-z_]\w*)`,
      `(?:parameter|argument|field|option|setting) ${QUOTED} (?:is|are) (?:currently )?(?:not supported|unsupported|not allowed|not permitted|unknown|not recognized|invalid|deprecated)`,
      `${Q}(?<name>${NAME})${Q} (?:parameter |argument |field )?(?:is|are) (?:currently )?(?:not supported|unsupported|not allowed|not permitted|not recognized|deprecated)`,
      String.raw`\b(?<name>[a-z]+(?:_[a-z]+)+) (?:is|are) (?:currently )?(?:not supported|unsupported|not allowed|not permitted|deprecated)`,
    ),
    source:
      'OpenAI, xAI, LiteLLM, Anthropic: fish2018/YPrompt#26, n8n-io/n8n#14581, open-webui/open-webui#21266, UKGovernmentBEIS/inspect_ai#3721',
  },
]
