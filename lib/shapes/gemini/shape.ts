import { isObject } from '../../platform/json-value'
import { answerFromStream } from '../answer-from-stream'
import type { Answer } from '../hub'
import type { Shape } from '../shape'
import { geminiModelListUrl, geminiUrl, readGeminiAddress, readGeminiModelList } from './addresses'
import { countTokensCall, readTokenCount, requestToCount, tokenCountBody } from './count-tokens'
import { createGeminiReader } from './create-reader'
import { createGeminiRelay } from './create-relay'
import { createGeminiWriter } from './create-writer'
import { geminiErrorBody } from './errors'
import { geminiPromptParts, inspectGeminiRequest } from './inspect-request'
import { geminiDefaultsFrom, withGeminiSystemPrompt } from './preset-fields'
import { readGeminiRequest } from './read-request'
import { relayGeminiRequest } from './relay-request'
import { geminiRequest } from './schema'
import { isArrayForm } from './stream-form'
import { geminiWireRules } from './wire-rules'
import { stampGeminiAnswer, writeGeminiAnswer } from './write-answer'
import { writeGeminiRequest } from './write-request'

/**
 * A sign of life. Not a comment: Google's SDKs for Go and Python take a line that begins with a colon for broken JSON,
 * but all of them skip empty lines, and in the list form they are white space.
 */
const EMPTY_LINES = '\n\n'

/**
 * Gemini's generateContent. A request names its model and whether it streams in its address, which `clientAddresses` writes
 * into the body, and `alt`, by which streams are written as events or as one list.
 */
export const gemini: Shape = {
  label: 'Gemini',
  baseUrlHint: '',
  clientPaths: [],
  clientAddresses: { prefixes: ['/v1beta', '/v1/models'], read: readGeminiAddress },
  requestSchema: geminiRequest,
  inspectRequest: inspectGeminiRequest,
  promptParts: geminiPromptParts,
  withSystemPrompt: withGeminiSystemPrompt,
  writeDefaults: geminiDefaultsFrom,
  nestedFields: ['generationConfig'],
  readRequest: readGeminiRequest,
  writeAnswer: writeGeminiAnswer,
  stampAnswer: stampGeminiAnswer,
  createWriter: createGeminiWriter,
  createRelay: createGeminiRelay,
  streamType: (request) => (isArrayForm(request) ? 'application/json' : 'text/event-stream; charset=utf-8'),
  heartbeat: EMPTY_LINES,
  errorBody: geminiErrorBody,

  tokenCount: {
    clientPaths: [],
    requestOf: (body) => (isObject(body) ? requestToCount(body) : body),
    writeAnswer: tokenCountBody,
    callOf: countTokensCall,
    readAnswer: readTokenCount,
  },
  writeRequest: writeGeminiRequest,
  relayRequest: relayGeminiRequest,
  readAnswer,
  createReader: createGeminiReader,
  requestUrl: ({ baseUrl, upstreamModel, isStream }) =>
    geminiUrl(baseUrl, upstreamModel, isStream ? 'streamGenerateContent' : 'generateContent'),
  operationUrl: null,
  modelListUrl: geminiModelListUrl,
  readModelList: readGeminiModelList,
  headers: {},
  keyHeader: 'x-goog-api-key',
  passedHeaders: [],
  wireRules: geminiWireRules,
}

/** A whole answer is a stream of one response, or of the responses of a list. */
function readAnswer(body: unknown): Answer {
  const reader = createGeminiReader()
  const events = [...reader.push({ event: null, data: '', value: body }), ...reader.end()]
  return answerFromStream(events)
}
