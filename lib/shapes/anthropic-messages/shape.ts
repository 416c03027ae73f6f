import { objectOf, objectsOf, textOf } from '../../platform/json-value'
import { estimatePromptParts } from '../prompt-parts'
import type { Shape } from '../shape'
import { stampAnswer } from '../stamp-answer'
import { errorBody } from './error-body'
import { encodeEvent } from './frame'
import { inspectRequest } from './inspect-request'
import { withSystemPrompt, writeDefaults } from './preset-fields'
import { readAnswer } from './read-answer'
import { readRequest } from './read-request'
import { createRelay } from './relay'
import { relayRequest } from './relay-request'
import { messagesRequest } from './schema'
import { createReader } from './stream-reader'
import { createWriter } from './stream-writer'
import { messagesTokenCount } from './token-count'
import { versionedRoot } from './versioned-root'
import { messagesWireRules } from './wire-rules'
import { writeAnswer } from './write-answer'
import { writeRequest } from './write-request'

/** Anthropic's messages. */
export const anthropicMessages: Shape = {
  label: 'Anthropic messages',
  baseUrlHint: '',
  clientPaths: ['/messages'],
  requestSchema: messagesRequest,
  inspectRequest,
  promptParts: estimatePromptParts,
  withSystemPrompt,
  writeDefaults,
  nestedFields: [],
  readRequest,
  writeAnswer,
  stampAnswer,
  createWriter,
  createRelay,
  heartbeat: encodeEvent({ type: 'ping' }),
  errorBody,
  tokenCount: messagesTokenCount,
  writeRequest,
  relayRequest,
  readAnswer,
  createReader,
  requestUrl: ({ baseUrl }) => `${versionedRoot(baseUrl)}/messages`,
  operationUrl: null,
  modelListUrl: (baseUrl) => `${versionedRoot(baseUrl)}/models`,
  readModelList: (body) => objectsOf(objectOf(body).data).flatMap(({ id }) => textOf(id) ?? []),
  headers: { 'anthropic-version': '2023-06-01' },
  keyHeader: 'x-api-key',
  passedHeaders: ['anthropic-version', 'anthropic-beta'],
  wireRules: messagesWireRules,
}
