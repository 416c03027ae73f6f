import { objectOf, objectsOf, textOf } from '../../platform/json-value'
import { estimatePromptParts } from '../prompt-parts'
import type { Shape } from '../shape'
import { stampAnswer } from '../stamp-answer'
import { errorBody } from './error-body'
import { inspectRequest } from './inspect-request'
import { withSystemPrompt, writeDefaults } from './preset-fields'
import { readAnswer } from './read-answer'
import { readRequest } from './read-request'
import { createRelay } from './relay'
import { relayRequest } from './relay-request'
import { chatRequest } from './schema'
import { createReader } from './stream-reader'
import { createWriter } from './stream-writer'
import { chatWireRules } from './wire-rules'
import { writeAnswer } from './write-answer'
import { writeRequest } from './write-request'

/** OpenAI's chat completions, which most providers speak. */
export const openaiChat: Shape = {
  label: 'OpenAI chat completions',
  baseUrlHint: ': most end in /v1',
  clientPaths: ['/chat/completions'],
  requestSchema: chatRequest,
  inspectRequest,
  promptParts: estimatePromptParts,
  withSystemPrompt,
  writeDefaults,
  nestedFields: [],
  readRequest,
  writeAnswer,
  // OpenRouter's own client insists on a `system_fingerprint`, if null, which many providers leave out.
  stampAnswer: (body, identity, end) => ({ system_fingerprint: null, ...stampAnswer(body, identity, end) }),
  createWriter,
  createRelay,
  heartbeat: ': SIGHTGLASS PROCESSING\n\n',
  errorBody,
  tokenCount: null,
  writeRequest,
  relayRequest,
  readAnswer,
  createReader,
  requestUrl: ({ baseUrl }) => `${rootOf(baseUrl)}/chat/completions`,
  operationUrl: (baseUrl, path) => `${rootOf(baseUrl)}${path}`,
  modelListUrl: (baseUrl) => `${rootOf(baseUrl)}/models`,
  // Together answers with the list itself.
  readModelList: (body) =>
    objectsOf(Array.isArray(body) ? body : objectOf(body).data).flatMap(({ id }) => textOf(id) ?? []),
  headers: {},
  keyHeader: 'bearer',
  passedHeaders: ['openai-beta'],
  wireRules: chatWireRules,
}

function rootOf(baseUrl: string): string {
  return baseUrl.replace(/\/+$/, '')
}
