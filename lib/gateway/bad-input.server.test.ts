import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { isObject, type JsonObject } from '../platform/json-value'
import { REQUEST_CLAIMS, TIDE_TOOL } from '../shapes/conformance/request-claims.fixture'
import { ALL_SHAPES } from '../shapes/registry'
import { branchingSchema } from '../testing/branching-schema'
import { askOf, type GatewayOfShapes, openGatewayOfShapes } from '../testing/gateway-of-shapes.server'
import {
  answerWell,
  type ScriptedProviders,
  startScriptedProviders,
} from '../testing/scripted-providers.server'

// What clients of every shape may get wrong: refused in the shape's own form by the field's name, without a call to
// anybody, or left to the provider; never an error of ours.

const MODEL = 'acme/odd-input'
const WRONG: readonly unknown[] = [7, -1.5, 'x', '', true, [], [7], [[]], {}, { type: 7 }]

let providers: ScriptedProviders
let gateway: GatewayOfShapes

beforeAll(async () => {
  providers = await startScriptedProviders(answerWell)
  gateway = await openGatewayOfShapes(providers, { silenceMs: 20_000, answerMs: 20_000 })
  await gateway.connect(MODEL, [{ slug: 'odd-input', shape: 'openai-chat' }])
})

afterAll(async () => {
  await gateway.close()
  providers.close()
})

describe.each(ALL_SHAPES)('a $name client', ({ name, shape }) => {
  const send = (body: JsonObject | string) => gateway.send({ shape: name, model: MODEL, body })

  /** What is wrong in the shape's words, null when it was let through, and whether a provider was asked. */
  async function outcomeOf(body: JsonObject | string) {
    const before = providers.asked.length
    const response = await send(body)
    const text = await response.text()
    const wasAsked = providers.asked.length > before
    if (response.status === 200) return { status: 200, message: null, wasAsked }
    return { status: response.status, message: shape.readAnswer(JSON.parse(text)).problem?.message, wasAsked }
  }

  async function expectRefusalOrPassage(body: JsonObject | string, field?: string) {
    const { status, message, wasAsked } = await outcomeOf(body)
    const told = { field, status, message, wasAsked }
    if (status === 200) return expect(told).toMatchObject({ wasAsked: true })
    expect(told).toMatchObject({ wasAsked: false, message: expect.stringContaining(field ?? '') })
    expect(status, JSON.stringify(told)).toBeGreaterThanOrEqual(400)
    expect(status, JSON.stringify(told)).toBeLessThan(500)
  }

  test.each(['', '{"a":', 'null', '7', '"x"', '[]', '[{}]', '\u0000', '{}'])(
    'the body %j is refused',
    async (body) => {
      const { status, message, wasAsked } = await outcomeOf(body)
      expect([status, wasAsked]).toEqual([400, false])
      expect(message).toMatch(/\w/)
    },
  )

  test('a wrong type in any field is refused by its name, or passes', async () => {
    const schema = shape.requestSchema
    const fields = schema instanceof z.ZodObject ? Object.keys(schema.shape) : []
    expect(fields.length).toBeGreaterThan(5)
    const good = askOf(name, { tools: [TIDE_TOOL], temperature: 0.5 })
    for (const field of new Set([...fields, ...Object.keys(good), 'provider', 'models', 'preset'])) {
      if (field === 'model' && shape.clientAddresses !== undefined) continue
      for (const value of WRONG) await expectRefusalOrPassage({ ...good, [field]: value }, field)
    }
  })

  test('wrong types anywhere below are refused, or pass', async () => {
    const asked = askOf(name, REQUEST_CLAIMS.find((claim) => claim.name === 'tool results')?.request)
    for (const changed of mutationsOf(asked, [7, 'odd', null, [null], {}])) {
      await expectRefusalOrPassage(changed)
    }
  })

  test('a body nested beyond all reason is refused, or passes', async () => {
    const deep = `${'{"a":['.repeat(4000)}1${']}'.repeat(4000)}`
    const body = JSON.stringify({ model: MODEL, ...askOf(name, { tools: [TIDE_TOOL] }) })
    await expectRefusalOrPassage(body.replace('{"type":"object"', `{"x":${deep},"type":"object"`))
    await expectRefusalOrPassage(`${'['.repeat(100_000)}${']'.repeat(100_000)}`)
  })

  test('20 MB of prompt pass', async () => {
    const text = 'tide '.repeat(4 * 1024 * 1024)
    const messages = [
      {
        role: 'user' as const,
        name: null,
        parts: [{ type: 'text' as const, text, cacheControl: null, annotations: [] }],
      },
    ]
    expect(await outcomeOf(askOf(name, { messages }))).toMatchObject({ status: 200, wasAsked: true })
  })

  test('a schema that branches forty levels deep passes', async () => {
    const tools = [{ ...TIDE_TOOL, parameters: { type: 'object', ...branchingSchema(40) } }]
    expect(await outcomeOf(askOf(name, { tools }))).toMatchObject({ status: 200, wasAsked: true })
  })
})

/** The body with one of its values replaced, once for each place and value. */
function* mutationsOf(value: JsonObject, replacements: readonly unknown[]): Generator<JsonObject> {
  for (const changed of changesOf(value, replacements)) if (isObject(changed)) yield changed
}

function* changesOf(value: unknown, replacements: readonly unknown[]): Generator<unknown> {
  if (Array.isArray(value)) {
    for (const [at, one] of value.entries()) {
      for (const changed of changesOf(one, replacements)) yield value.with(at, changed)
      for (const replacement of replacements) yield value.with(at, replacement)
    }
  } else if (isObject(value)) {
    for (const [name, one] of Object.entries(value)) {
      for (const changed of changesOf(one, replacements)) yield { ...value, [name]: changed }
      for (const replacement of replacements) yield { ...value, [name]: replacement }
    }
  }
}
