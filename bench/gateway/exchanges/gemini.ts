import {
  ARGUMENTS,
  type Exchange,
  INSTRUCTIONS,
  QUESTION,
  TEXT,
  TEXT_PIECES,
  TOKENS,
  TOOLS,
  UPSTREAM_MODEL,
} from '../exchange'

const CALL = { functionCall: { id: 'call_1', name: TOOLS[0].name, args: JSON.parse(ARGUMENTS) } }
const USAGE = {
  promptTokenCount: TOKENS.prompt,
  candidatesTokenCount: TOKENS.completion,
  totalTokenCount: TOKENS.prompt + TOKENS.completion,
} as const

/** Gemini: the same request and answer; a stream of 7 events, since a call comes in one piece. */
export const gemini: Exchange = {
  apiShape: 'gemini',
  version: 'v1beta',
  pathOf: ({ model, isStream }) =>
    `/models/${model}:${isStream ? 'streamGenerateContent?alt=sse' : 'generateContent'}`,
  requestOf: () =>
    JSON.stringify({
      systemInstruction: { parts: [{ text: INSTRUCTIONS }] },
      contents: [{ role: 'user', parts: [{ text: QUESTION }] }],
      tools: [
        {
          functionDeclarations: TOOLS.map(({ parameters, ...tool }) => ({
            ...tool,
            parametersJsonSchema: parameters,
          })),
        },
      ],
      generationConfig: { temperature: 0 },
    }),
  answer: () => JSON.stringify(lastResponse([{ text: TEXT }, CALL])),
  events: () =>
    [...TEXT_PIECES.map((text) => responseOf({ content: contentOf([{ text }]) })), lastResponse([CALL])].map(
      (response) => `data: ${JSON.stringify(response)}\r\n\r\n`,
    ),
  marks: [TOOLS[0].name, '"finishReason":"STOP"'],
}

function lastResponse(parts: readonly object[]): object {
  return responseOf({ content: contentOf(parts), finishReason: 'STOP' })
}

function contentOf(parts: readonly object[]): object {
  return { role: 'model', parts }
}

function responseOf(candidate: object): object {
  return {
    candidates: [{ ...candidate, index: 0 }],
    usageMetadata: USAGE,
    modelVersion: UPSTREAM_MODEL,
    responseId: 'bench',
  }
}
