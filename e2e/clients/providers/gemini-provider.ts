import { z } from 'zod'
import { onlyKnown, Refusal, type ScriptedProvider, tokensOf } from './scripted-provider'
import { nextTurn, type Turn } from './turn'

// Gemini's generateContent: https://ai.google.dev/api/generate-content, /api/caching#Schema, /gemini-api/docs/thought-signatures

const KNOWN = new Set(
  'cachedContent contents generationConfig labels model safetySettings serviceTier store systemInstruction toolConfig tools'.split(
    ' ',
  ),
)
/** Of the OpenAPI subset; anything else belongs into `parametersJsonSchema`. */
const SCHEMA_FIELDS = new Set(
  'anyOf default description enum example format items maxItems maxLength maxProperties maximum minItems minLength minProperties minimum nullable pattern properties propertyOrdering required title type'.split(
    ' ',
  ),
)
const SIGNATURE = 'CiQBjz1rX2NsaWVudHMtb2YtdGhlLWdhdGV3YXktdGhvdWdodC1zaWduYXR1cmU='
/** What Google's documentation names for calls that another model made. */
const SIGNATURES = new Set([
  SIGNATURE,
  'skip_thought_signature_validator',
  'context_engineering_is_the_way_to_go',
])

const name = z.string().regex(/^[a-zA-Z_][a-zA-Z0-9_.:-]{0,127}$/)
const part = z.strictObject({
  text: z.string().optional(),
  thought: z.boolean().optional(),
  thoughtSignature: z.string().optional(),
  inlineData: z
    .strictObject({ mimeType: z.string(), data: z.string(), displayName: z.string().optional() })
    .optional(),
  fileData: z.looseObject({ fileUri: z.string() }).optional(),
  functionCall: z
    .strictObject({ id: z.string().optional(), name, args: z.record(z.string(), z.unknown()).optional() })
    .optional(),
  functionResponse: z
    .strictObject({
      id: z.string().optional(),
      name,
      response: z.record(z.string(), z.unknown()),
      parts: z.array(z.unknown()).optional(),
    })
    .optional(),
})
const content = z.strictObject({ role: z.enum(['user', 'model']).optional(), parts: z.array(part).min(1) })
const declaration = z.strictObject({
  name,
  description: z.string().optional(),
  behavior: z.string().optional(),
  parameters: z.record(z.string(), z.unknown()).optional(),
  parametersJsonSchema: z.record(z.string(), z.unknown()).optional(),
  response: z.unknown().optional(),
  responseJsonSchema: z.unknown().optional(),
})
const request = z.looseObject({
  contents: z.array(content).min(1),
  systemInstruction: z.looseObject({ parts: z.array(part) }).optional(),
  tools: z.array(z.looseObject({ functionDeclarations: z.array(declaration).optional() })).optional(),
  generationConfig: z
    .looseObject({ thinkingConfig: z.looseObject({ includeThoughts: z.boolean().optional() }).optional() })
    .optional(),
})
type GeminiRequest = z.infer<typeof request>
type Content = GeminiRequest['contents'][number]

/** A provider of Gemini's shape; streams as server-sent events only, as every client asks for them. */
export const geminiProvider: ScriptedProvider = {
  answer: ({ url, headers, body }) => {
    const key = headers['x-goog-api-key'] ?? url.searchParams.get('key') ?? headers.authorization
    if (!key) throw new Refusal("Method doesn't allow unregistered callers.", { status: 403 })
    const found = /\/models\/(.+):(\w+)$/.exec(decodeURIComponent(url.pathname))
    const [, model = '', method] = found ?? []
    if (method === 'countTokens') {
      return {
        status: 200,
        body: { totalTokens: 120, promptTokensDetails: [{ modality: 'TEXT', tokenCount: 120 }] },
      }
    }
    if (method !== 'generateContent' && method !== 'streamGenerateContent')
      throw new Refusal('Not found', { status: 404 })
    if (method === 'streamGenerateContent' && url.searchParams.get('alt') !== 'sse') {
      throw new Refusal('This script streams server-sent events only: alt=sse')
    }
    const asked = read(body)
    onlyKnown(
      asked,
      KNOWN,
      (field) => new Refusal(`Invalid JSON payload received. Unknown name "${field}": Cannot find field.`),
    )
    const declared = (asked.tools ?? []).flatMap((tool) => tool.functionDeclarations ?? [])
    declared.forEach(({ parameters }, index) => {
      if (parameters) checkSchema(parameters, `tools[0].function_declarations[${index}].parameters`)
    })
    checkTurns(asked.contents)
    const turn = nextTurn({
      tools: declared.map((one) => ({
        name: one.name,
        schema: one.parametersJsonSchema ?? one.parameters ?? {},
      })),
      prompt: asked.contents
        .filter(({ role }) => role !== 'model')
        .flatMap(({ parts }) => parts.map((one) => one.text ?? ''))
        .join('\n'),
      results: asked.contents.flatMap(({ parts }) =>
        parts.flatMap((one) => (one.functionResponse ? [resultText(one.functionResponse.response)] : [])),
      ),
    })
    const chunks = answerChunks(turn, model, asked.generationConfig?.thinkingConfig?.includeThoughts === true)
    if (method === 'streamGenerateContent') {
      return { status: 200, events: chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\r\n\r\n`) }
    }
    return { status: 200, body: joined(chunks) }
  },
  refusalBody: ({ message, status }) => ({
    error: { code: status, message, status: STATUSES[status] ?? 'INVALID_ARGUMENT' },
  }),
}

const STATUSES: Record<number, string> = { 403: 'PERMISSION_DENIED', 404: 'NOT_FOUND' }

function read(body: unknown): GeminiRequest {
  const parsed = request.safeParse(body)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new Refusal(`Invalid value at '${(issue?.path ?? []).join('.')}': ${issue?.message}`)
}

function checkSchema(schema: Record<string, unknown>, path: string): void {
  onlyKnown(
    schema,
    SCHEMA_FIELDS,
    (field) =>
      new Refusal(`Invalid JSON payload received. Unknown name "${field}" at '${path}': Cannot find field.`),
  )
  if (Array.isArray(schema.type))
    throw new Refusal(`Invalid value at '${path}.type' (type enum), must be one type`)
  if (isRecord(schema.items)) checkSchema(schema.items, `${path}.items`)
  if (Array.isArray(schema.anyOf))
    schema.anyOf.filter(isRecord).forEach((one, index) => {
      checkSchema(one, `${path}.any_of[${index}]`)
    })
  if (!isRecord(schema.properties)) return
  for (const [key, property] of Object.entries(schema.properties)) {
    if (isRecord(property)) checkSchema(property, `${path}.properties[${key}]`)
  }
}

/** Calls are answered by as many responses right after, and the first call of each step of this turn is signed. */
function checkTurns(contents: readonly Content[]): void {
  const turnStart = contents.findLastIndex(
    ({ role, parts }) => role !== 'model' && !parts.some((one) => one.functionResponse),
  )
  contents.forEach(({ role, parts }, index) => {
    const calls = parts.filter((one) => one.functionCall)
    const isAnswer = parts.some((one) => one.functionResponse)
    if (isAnswer && !contents[index - 1]?.parts.some((one) => one.functionCall)) {
      throw new Refusal(
        'Please ensure that function response turn comes immediately after a function call turn.',
      )
    }
    if (!calls.length) return
    if (role !== 'model') throw new Refusal('Please ensure that function call turn comes from the model.')
    const responses = contents[index + 1]?.parts.filter((one) => one.functionResponse) ?? []
    if (responses.length !== calls.length) {
      throw new Refusal(
        'Please ensure that the number of function response parts is equal to the number of function call parts of the function call turn.',
      )
    }
    const signature = calls[0]?.thoughtSignature
    if (index > turnStart && !signature) {
      throw new Refusal(
        `Function call is missing a thought_signature in functionCall parts. This is required for tools to work correctly. Additional data, function call \`default_api:${calls[0]?.functionCall?.name}\`, position ${index + 1}.`,
      )
    }
    if (signature && !SIGNATURES.has(signature)) throw new Refusal('Thought signature is not valid.')
  })
}

function resultText(response: Record<string, unknown>): string {
  return Object.values(response)
    .map((value) => (typeof value === 'string' ? value : JSON.stringify(value)))
    .join('\n')
}

type AnswerPart = {
  text?: string
  thought?: boolean
  thoughtSignature?: string
  functionCall?: { name: string; args: object; id: string }
}

function answerChunks(turn: Turn, model: string, withThoughts: boolean) {
  const { input, cached, output } = tokensOf(turn)
  const thoughts: AnswerPart[] = withThoughts
    ? [{ text: 'There is a note to read first.', thought: true }]
    : []
  const parts: AnswerPart[] =
    turn.kind === 'call'
      ? [
          {
            functionCall: { name: turn.name, args: turn.input, id: 'fn-3f6c1b2a' },
            thoughtSignature: SIGNATURE,
          },
        ]
      : [
          ...(turn.text.match(/[\s\S]{1,16}/g) ?? []).map((text) => ({ text })),
          { text: '', thoughtSignature: SIGNATURE },
        ]
  const all = [...thoughts, ...parts]
  return all.map((one, index) => ({
    candidates: [
      {
        content: { parts: [one], role: 'model' },
        ...(index === all.length - 1 ? { finishReason: 'STOP' } : {}),
        index: 0,
      },
    ],
    usageMetadata: {
      promptTokenCount: input,
      candidatesTokenCount: output,
      totalTokenCount: input + output + 4,
      cachedContentTokenCount: cached,
      promptTokensDetails: [{ modality: 'TEXT', tokenCount: input }],
      thoughtsTokenCount: 4,
    },
    modelVersion: model,
    responseId: 'b0kuaYbUKMWy1PIPy6nP4Qs',
  }))
}

/** The pieces as one answer: text in one part, what is signed in its own. */
function joined(chunks: ReturnType<typeof answerChunks>) {
  const parts: AnswerPart[] = []
  for (const one of chunks.flatMap(({ candidates }) =>
    candidates.flatMap((candidate) => candidate.content.parts),
  )) {
    const last = parts.at(-1)
    if (last?.text !== undefined && one.text !== undefined && last.thought === one.thought) {
      Object.assign(last, one, { text: last.text + one.text })
    } else parts.push({ ...one })
  }
  const last = chunks.at(-1)
  return { ...last, candidates: [{ content: { parts, role: 'model' }, finishReason: 'STOP', index: 0 }] }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
