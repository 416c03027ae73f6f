import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { type JsonObject, objectOf, objectsOf, textOf } from '../../platform/json-value'
import { parseJson } from '../../platform/parse-json'
import { checkToolCalls, type OfferedTool } from '../../records/check-tool-calls'
import { streamFromAnswer } from '../stream-from-answer'
import { crossAnswer, crossedAnswer, overTheWire } from './crossing.fixture'
import { answerWith, callOf, requestWith } from './hub-values.fixture'
import { REAL_SHAPES } from './real-shapes.fixture'
import { TIDE_TOOL } from './request-claims.fixture'

// Real calls of a real model, with the tools it was given (tau-bench, airline): played as any provider's answer to any
// client, each is what it was, and is judged valid.

const DATA = path.resolve(import.meta.dirname, '../../../../shared/data')
const CALLS = path.join(DATA, 'tau-bench-gpt-4o-airline.json')
const TOOLS = path.join(DATA, 'tau-bench-airline-tools.json')
const isThere = existsSync(CALLS) && existsSync(TOOLS)

const read = (file: string) => (isThere ? parseJson(readFileSync(file, 'utf8')) : [])
const tools = objectsOf(read(TOOLS)).map((tool) => objectOf(tool.function))
/** The calls of each of the 200 runs, played as one answer; ids that the data use twice get a place of their own. */
const answers = objectsOf(read(CALLS)).map(({ traj }) =>
  objectsOf(traj)
    .flatMap(({ tool_calls }) => objectsOf(tool_calls))
    .map((call, place) => {
      const { name, arguments: args } = objectOf(call.function)
      return callOf(`${textOf(call.id)}_${place}`, textOf(name) ?? '', textOf(args) ?? '')
    }),
)

/** The tools as a client of the shape offers them, and how the gateway understood them. */
const request = requestWith({
  tools: tools.map(({ name, description, parameters }) => ({
    ...TIDE_TOOL,
    name: textOf(name) ?? '',
    description: textOf(description),
    parameters,
  })),
})
const clients = REAL_SHAPES.flatMap((client) => {
  const body = overTheWire(client.shape.writeRequest(request, 'acme-1'))
  const offered = client.shape.inspectRequest(body).offeredTools
  return [{ ...client, client: client.name, offered }]
})
const [gemini] = clients.filter(({ name }) => name === 'gemini')
if (gemini !== undefined) {
  const functionDeclarations = tools.map((tool) => ({ ...tool, parameters: inCapitals(tool.parameters) }))
  const { offeredTools } = gemini.shape.inspectRequest({ contents: [], tools: [{ functionDeclarations }] })
  clients.push({ ...gemini, client: 'gemini, types in capitals', offered: offeredTools })
}

/** A schema in Gemini's own spelling. */
function inCapitals(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inCapitals)
  if (typeof value !== 'object' || value === null) return value
  const fields = Object.entries(value as JsonObject).map(([name, field]) =>
    name === 'type' && typeof field === 'string' ? [name, field.toUpperCase()] : [name, inCapitals(field)],
  )
  return Object.fromEntries(fields)
}

const crossStreamed: typeof crossAnswer = (answer, provider, client) =>
  crossedAnswer(streamFromAnswer(answer), provider, client)
const badOf = (name: string, args: string, offered: OfferedTool[] | null) =>
  checkToolCalls([{ name, arguments: args }], offered).filter(({ verdict }) => verdict !== 'valid')

describe.skipIf(!isThere)('tau-bench (skipped where ../shared/data is missing)', () => {
  test('there are 14 tools and 1,164 calls', () => {
    expect([tools.length, answers.flat().length]).toEqual([14, 1164])
  })

  test.each(
    REAL_SHAPES.flatMap((provider) =>
      clients.map((client) => ({ provider, client, from: provider.name, to: client.client })),
    ),
  )('calls of a $from provider for a $to client are valid', ({ provider, client }) => {
    const valid = answers.map((calls) => calls.map(({ name }) => ({ name, verdict: 'valid', detail: null })))
    const said = answers.map((calls) => calls.map((call) => [call.name, parseJson(call.arguments)]))
    for (const cross of [crossAnswer, crossStreamed]) {
      const got = answers.map((parts) =>
        cross(answerWith({ parts, finishReason: 'tool_calls' }), provider.shape, client.shape).parts.filter(
          (part) => part.type === 'tool_call',
        ),
      )
      expect(got.map((calls) => calls.map((call) => [call.name, parseJson(call.arguments)]))).toEqual(said)
      expect(got.map((calls) => checkToolCalls(calls, client.offered))).toEqual(valid)
    }
  })

  test.each(clients)('for a $client client a call that is wrong is judged so', ({ offered }) => {
    expect(badOf('get_user_details', '{"user_id": 7}', offered)).toMatchObject([
      { verdict: 'schema_mismatch' },
    ])
    expect(badOf('get_user', '{}', offered)).toMatchObject([{ verdict: 'unknown_name' }])
  })
})
