import { objectOf, objectsOf, textOf } from '../../platform/json-value'
import type { Shape } from '../shape'
import { stampAnswer } from '../stamp-answer'
import { createResponsesReader } from './create-reader'
import { createResponsesRelay } from './create-relay'
import { createResponsesWriter } from './create-writer'
import { responsesErrorBody } from './error-body'
import { inspectResponsesRequest, responsesPromptParts } from './inspect-request'
import { withInstructions, writeResponsesDefaults } from './preset-fields'
import { readResponsesAnswer } from './read-answer'
import { readResponsesRequest } from './read-request'
import { relayResponsesRequest } from './relay-request'
import { responsesRequest } from './schema'
import { responsesWireRules } from './wire-rules'
import { writeResponsesAnswer } from './write-answer'
import { writeResponsesRequest } from './write-request'

/** OpenAI's Responses, stateless as OpenRouter's. */
export const openaiResponses: Shape = {
  label: 'OpenAI Responses',
  baseUrlHint: ': most end in /v1',

  clientPaths: ['/responses'],
  requestSchema: responsesRequest,
  inspectRequest: inspectResponsesRequest,
  promptParts: responsesPromptParts,
  withSystemPrompt: withInstructions,
  writeDefaults: writeResponsesDefaults,
  nestedFields: ['text', 'reasoning'],
  readRequest: readResponsesRequest,
  writeAnswer: writeResponsesAnswer,
  stampAnswer,
  createWriter: createResponsesWriter,
  createRelay: createResponsesRelay,
  heartbeat: ': SIGHTGLASS PROCESSING\n\n',
  errorBody: responsesErrorBody,

  tokenCount: null,
  writeRequest: writeResponsesRequest,
  relayRequest: relayResponsesRequest,
  readAnswer: readResponsesAnswer,
  createReader: createResponsesReader,
  requestUrl: ({ baseUrl }) => `${baseUrl.replace(/\/+$/, '')}/responses`,
  operationUrl: (baseUrl, path) => `${baseUrl.replace(/\/+$/, '')}${path}`,
  modelListUrl: (baseUrl) => `${baseUrl.replace(/\/+$/, '')}/models`,
  readModelList: (body) => objectsOf(objectOf(body).data).flatMap(({ id }) => textOf(id) ?? []),
  headers: {},
  keyHeader: 'bearer',
  passedHeaders: ['openai-beta'],
  wireRules: responsesWireRules,
}
