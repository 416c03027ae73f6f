import { z } from 'zod'
import { isObject, type JsonObject, numberOf, objectOf, objectsOf, textOf } from '../../platform/json-value'
import { answerFromStream } from '../answer-from-stream'
import type { Answer, AnswerProblem, Message, Request, StreamEvent } from '../hub'
import type { GatewayProblem } from '../problem'
import { estimatePromptParts } from '../prompt-parts'
import type { AnswerEnd, Shape } from '../shape'
import { streamFromAnswer } from '../stream-from-answer'
import { requestWith, textPart } from './hub-values.fixture'
import { fromUpperCase, toUpperCase, upperCaseName } from './upper-case.fixture'

// A wire that nobody speaks: the hub's words in capitals, answers as lists of what happened, events with names of their
// own, addresses that no vendor has. It shows what a shape has to be, and nothing outside its file knows of it.

const EVENT_TYPES: ReadonlySet<unknown> = new Set([
  'text',
  'annotations',
  'refusal',
  'reasoning',
  'tool_call',
  'media',
  'usage',
  'finish',
])

function readRequest(body: JsonObject): Request {
  const said = objectOf(fromUpperCase(body))
  return { ...requestWith({}), ...said, messages: objectsOf(said.messages).filter(isMessage) }
}

function isMessage(value: JsonObject): value is JsonObject & Message {
  return typeof value.role === 'string' && Array.isArray(value.parts)
}

function writeRequest(request: Request, upstreamModel: string): JsonObject {
  return { ...objectOf(toUpperCase(request)), MODEL: upstreamModel }
}

function isEvent(value: JsonObject): value is JsonObject & StreamEvent {
  return EVENT_TYPES.has(value.type)
}

function eventsOf(value: unknown): StreamEvent[] {
  const fault = objectOf(value).FAULT
  if (fault !== undefined) return [{ type: 'problem', problem: problemOf(objectOf(fault)) }]
  const event = fromUpperCase(value)
  return isObject(event) && isEvent(event) ? [event] : []
}

function problemOf({ SAID, CODE, STATUS }: JsonObject): AnswerProblem {
  return { message: textOf(SAID) ?? 'no words', code: textOf(CODE), status: numberOf(STATUS) }
}

function writeAnswer(answer: Answer): JsonObject {
  return { HAPPENED: streamFromAnswer(answer).map((event) => toUpperCase(event)) }
}

function readAnswer(body: unknown): Answer {
  const { HAPPENED, FAULT } = objectOf(body)
  return answerFromStream(FAULT === undefined ? objectsOf(HAPPENED).flatMap(eventsOf) : eventsOf(body))
}

function errorBody({ message, code, status }: GatewayProblem): JsonObject {
  return { FAULT: { SAID: message, CODE: code ?? null, STATUS: status } }
}

const frame = (name: string, value: unknown) => `event: ${name}\ndata: ${JSON.stringify(value)}\n\n`
const finish = ({ costUsd, metadata }: AnswerEnd) => frame('OVER', { COST: costUsd, NOTES: metadata })
const fail = (problem: GatewayProblem) => frame('BROKEN', errorBody(problem))

/** The wire in capitals. */
export const madeUpShape: Shape = {
  label: 'Capitals',
  baseUrlHint: '',
  clientPaths: ['/LOUDLY'],
  requestSchema: z.looseObject({
    MESSAGES: z.array(z.looseObject({}, 'expected a message'), 'expected a list of messages').min(1),
  }),
  inspectRequest(body) {
    const request = readRequest(body)
    return {
      isStream: request.isStream,
      offeredTools: request.tools.flatMap((tool) =>
        tool.type === 'function' ? [{ name: tool.name, schema: tool.parameters }] : [],
      ),
      parameters: [],
      maxTokens: request.maxTokens,
      endUser: request.user,
      promptCacheKey: request.promptCacheKey,
      responseFormat: request.responseFormat,
      hasToolResults: request.messages.some(({ role }) => role === 'tool'),
      system: null,
      messages: request.messages,
    }
  },
  promptParts: (body) => estimatePromptParts(objectOf(fromUpperCase(body))),
  withSystemPrompt: (body, text) => ({
    ...body,
    MESSAGES: [toUpperCase({ role: 'system', parts: [textPart(text)] }), ...objectsOf(body.MESSAGES)],
  }),
  writeDefaults: (parameters, request) =>
    Object.fromEntries(
      Object.entries(parameters)
        .map(([name, value]) => [upperCaseName(name), value] as const)
        .filter(([name]) => (request[name] ?? null) === null),
    ),
  nestedFields: [],
  readRequest,
  writeAnswer,
  stampAnswer: (body, { id }, { costUsd }) => ({ ...body, ID: id, COST: costUsd }),
  createWriter: () => ({
    write: (events) =>
      events.flatMap((event) => (isEvent(event) ? frame('HEAR', toUpperCase(event)) : [])).join(''),
    finish,
    fail,
  }),
  createRelay: () => ({
    pass: (pieces) =>
      pieces
        .flatMap(({ event, data }) => (event === 'HEAR' ? `event: HEAR\ndata: ${data}\n\n` : []))
        .join(''),
    finish,
    fail,
  }),
  heartbeat: frame('HUM', {}),
  errorBody,
  tokenCount: null,

  writeRequest,
  relayRequest: (body, { upstreamModel, isStream }) => ({
    ...body,
    MODEL: upstreamModel,
    IS_STREAM: isStream,
  }),
  readAnswer,
  createReader() {
    let hasHeard = false
    return {
      push({ event, value }) {
        hasHeard ||= event === 'HEAR' || event === 'OVER' || event === 'BROKEN'
        return event === 'OVER' ? [{ type: 'done' }] : eventsOf(value)
      },
      end: () =>
        hasHeard
          ? []
          : [{ type: 'problem', problem: { message: 'Nothing was heard.', code: null, status: null } }],
    }
  },
  requestUrl: ({ baseUrl, upstreamModel }) => `${baseUrl}/SHOUT/${encodeURIComponent(upstreamModel)}`,
  operationUrl: null,
  modelListUrl: (baseUrl) => `${baseUrl}/VOICES`,
  readModelList: (body) => objectsOf(objectOf(body).VOICES).flatMap(({ NAME }) => textOf(NAME) ?? []),
  headers: {},
  keyHeader: 'bearer',
  passedHeaders: [],
  wireRules: {
    toolNames: { request: ['TOOLS.*.NAME'], mentions: [], answer: ['HAPPENED.*.NAME'] },
    callIds: [],
    roles: [],
    opaqueNames: ['USER'],
    tokenLimits: ['MAX_TOKENS'],
    efforts: ['REASONING.EFFORT'],
    hasThinkingBudget: false,
    optional: [],
    essential: { '': ['MESSAGES'] },
    ownParameters: [],
    edits: [],
  },
}
