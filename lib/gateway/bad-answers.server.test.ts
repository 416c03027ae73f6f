import type { ServerResponse } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventsOfText } from '../shapes/events-of-text'
import { ALL_SHAPES } from '../shapes/registry'
import { askOf, type GatewayOfShapes, openGatewayOfShapes } from '../testing/gateway-of-shapes.server'
import {
  type Asked,
  answerWell,
  goodAnswer,
  type ScriptedProviders,
  startScriptedProviders,
} from '../testing/scripted-providers.server'

// Providers of every shape that answer half, with a page, endlessly or not at all, before clients of every shape.

type Fault = {
  /** What a provider does instead of answering well. */
  answer: (asked: Asked, response: ServerResponse) => void
  status: 502 | 504
}

const PAGE = '<!doctype html><html><body>Sign in</body></html>'
const FAULTS = {
  half: {
    answer(asked, response) {
      const text = goodAnswer(asked)
      head(asked, response)
      response.end(text.slice(0, Math.floor(text.length / 2)))
    },
    status: 502,
  },
  reset: {
    answer(asked, response) {
      const text = goodAnswer(asked)
      head(asked, response)
      response.write(text.slice(0, Math.floor(text.length / 2)), () => response.destroy())
    },
    status: 502,
  },
  page: {
    answer(_asked, response) {
      response.writeHead(200, { 'content-type': 'text/html' }).end(PAGE)
    },
    status: 502,
  },
  pageAsAnswer: {
    answer(asked, response) {
      head(asked, response)
      response.end(PAGE)
    },
    status: 502,
  },
  empty: {
    answer(asked, response) {
      head(asked, response)
      response.end()
    },
    status: 502,
  },
  noContent: {
    answer(_asked, response) {
      response.writeHead(204).end()
    },
    status: 502,
  },
  emptyObject: {
    answer(asked, response) {
      head(asked, response)
      response.end(asked.isStream ? 'data: {}\n\n' : '{}')
    },
    status: 502,
  },
  list: {
    answer(asked, response) {
      head(asked, response)
      response.end(asked.isStream ? 'data: []\n\n' : '[]')
    },
    status: 502,
  },
  silent: { answer() {}, status: 504 },
  silentAfterHeaders: {
    answer(asked, response) {
      head(asked, response)
      response.flushHeaders()
    },
    status: 504,
  },
  endless: {
    answer(asked, response) {
      head(asked, response)
      const timer = setInterval(() => response.write(asked.isStream ? ': still here\n\n' : ' '), 20)
      response.on('close', () => clearInterval(timer))
    },
    status: 504,
  },
} satisfies Record<string, Fault>
type FaultName = keyof typeof FAULTS
const FAULT_NAMES = Object.keys(FAULTS) as FaultName[]
const isFault = (name: string): name is FaultName => Object.hasOwn(FAULTS, name)

const slugOf = (fault: FaultName, shape: string) => `bad-${fault}-${shape}`
const modelOf = (fault: FaultName, shape: string) => `acme/bad-${fault}-${shape}`
const rescuedOf = (shape: string) => `acme/rescued-${shape}`

function head({ isStream }: Asked, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': isStream ? 'text/event-stream' : 'application/json' })
}

let providers: ScriptedProviders
/** One that waits, and one that does not, for providers that never answer. */
let patient: GatewayOfShapes
let impatient: GatewayOfShapes

beforeAll(async () => {
  providers = await startScriptedProviders((asked, response) => {
    const fault = asked.provider.split('-')[1] ?? ''
    if (isFault(fault)) FAULTS[fault].answer(asked, response)
    else answerWell(asked, response)
  })
  patient = await openGatewayOfShapes(providers, { silenceMs: 60_000, answerMs: 60_000 })
  impatient = await openGatewayOfShapes(providers, { silenceMs: 100, answerMs: 150 })
  for (const { name } of ALL_SHAPES) {
    for (const fault of FAULT_NAMES) {
      await patient.connect(modelOf(fault, name), [{ slug: slugOf(fault, name), shape: name }])
    }
    await patient.connect(rescuedOf(name), [
      { slug: slugOf('page', name), shape: name },
      { slug: slugOf('empty', name), shape: name },
      { slug: `well-${name}`, shape: name },
    ])
  }
}, 120_000)

afterAll(async () => {
  await patient.close()
  await impatient.close()
  providers.close()
})

describe.each(ALL_SHAPES)('a $name client', ({ name, shape }) => {
  const body = askOf(name)
  const gatewayFor = (fault: FaultName) => (FAULTS[fault].status === 504 ? impatient : patient)
  const isInEvents = (type: string | null) => type?.startsWith('text/event-stream') === true

  describe.each(ALL_SHAPES.map((one) => one.name))('of a provider that speaks %s', (upstream) => {
    test.each(FAULT_NAMES)('is told of an answer that is %s', async (fault) => {
      const model = modelOf(fault, upstream)
      const response = await gatewayFor(fault).send({ shape: name, model, body })
      const { problem } = shape.readAnswer(JSON.parse(await response.text()))
      expect([response.status, problem?.message]).toEqual([
        FAULTS[fault].status,
        expect.stringContaining(slugOf(fault, upstream)),
      ])
    })

    test.each(FAULT_NAMES)('is told of a stream that is %s, before it or at its end', async (fault) => {
      const model = modelOf(fault, upstream)
      const response = await gatewayFor(fault).send({ shape: name, model, isStream: true, body })
      const text = await response.text()
      const isStream = isInEvents(response.headers.get('content-type'))
      const problem = isStream
        ? eventsOfText(text, shape.createReader()).find((event) => event.type === 'problem')?.problem
        : shape.readAnswer(JSON.parse(text)).problem
      expect([isStream ? 200 : FAULTS[fault].status, problem?.message]).toEqual([
        response.status,
        expect.stringContaining(slugOf(fault, upstream)),
      ])
    })

    test.each([false, true])(
      'hears nothing of it where another endpoint is well (stream: %s)',
      async (isStream) => {
        const order = [slugOf('page', upstream), slugOf('empty', upstream), `well-${upstream}`]
        const sent = { ...body, provider: { order } }
        const response = await patient.send({ shape: name, model: rescuedOf(upstream), isStream, body: sent })
        const text = await response.text()
        expect([response.status, text]).toEqual([200, expect.stringContaining('It rises.')])
      },
    )
  })
})
