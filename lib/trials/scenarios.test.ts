import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkToolCalls, readOfferedTools } from '../records/check-tool-calls'
import { SCENARIO_COUNT, scenarioFor } from './scenarios'
import type { TrialTool } from './tools/trial-tool'

const HOUR = '2026-11-24T10:00:00Z'
const ADDRESS = { street: 'Hafenstr. 4', postcode: '04103', city: 'Leipzig', country: 'DE' }
const PRICE = { amountCents: 9900, currency: 'EUR' }

/** For each tool arguments that it takes, and arguments that break one rule deep inside. */
const ARGUMENTS: Record<string, { good: object[]; bad: object[] }> = {
  book_courier: {
    good: [
      {
        pickup: ADDRESS,
        dropoff: { ...ADDRESS, floor: 3 },
        parcels: [{ weightKg: 2.5, sizeCm: [30, 20, 10], isFragile: true }],
        service: 'overnight',
        window: { from: HOUR, to: HOUR },
        notifyEmail: 'ops@kontor.example',
      },
    ],
    bad: [
      {
        pickup: { ...ADDRESS, postcode: '4103' },
        dropoff: ADDRESS,
        parcels: [{ weightKg: 2.5, sizeCm: [30, 20, 10] }],
        service: 'overnight',
        window: { from: HOUR, to: HOUR },
      },
    ],
  },
  track_shipment: { good: [{ trackingCode: 'NL123456789' }], bad: [{ trackingCode: 'NL12' }] },
  query_warehouse: {
    good: [
      {
        warehouses: ['lyon'],
        filter: { kind: 'by_sku', skus: ['KLP-0042'] },
        sort: { by: 'units', direction: 'ascending' },
      },
      {
        warehouses: ['lyon', 'gdansk'],
        filter: { kind: 'running_low', category: 'bearings', belowUnits: 20 },
        sort: { by: 'value', direction: 'descending' },
        limit: 10,
      },
    ],
    bad: [
      {
        warehouses: ['lyon'],
        filter: { kind: 'running_low', skus: ['KLP-0042'] },
        sort: { by: 'units', direction: 'ascending' },
      },
    ],
  },
  transfer_stock: {
    good: [{ from: 'lyon', to: 'gdansk', lines: [{ sku: 'KLP-0042', units: 4 }], priority: 1, reason: null }],
    bad: [{ from: 'lyon', to: 'gdansk', lines: [{ sku: 'klp-42', units: 4 }], priority: 1 }],
  },
  file_incident: {
    good: [
      {
        title: 'Checkout answers with errors',
        severity: 'sev1',
        services: ['checkout'],
        detectedAt: HOUR,
        impact: { customersAffected: 900, isRevenueAffected: true, regions: ['eu'] },
        runbookUrl: 'https://runbooks.example/checkout',
      },
    ],
    bad: [
      {
        title: 'Checkout answers with errors',
        severity: 'sev1',
        services: ['checkout', 'checkout'],
        detectedAt: HOUR,
        impact: { customersAffected: 900, isRevenueAffected: true },
      },
    ],
  },
  page_on_call: {
    good: [{ service: 'billing', message: 'The queue is full', urgency: 'high' }],
    bad: [{ service: 'billing', message: 'The queue is full', urgency: 'urgent' }],
  },
  schedule_maintenance: {
    good: [
      {
        machines: ['db-12'],
        startsAt: HOUR,
        durationMinutes: 45,
        steps: [{ action: 'drain', timeoutSeconds: 60 }],
        rollback: { kind: 'snapshot', snapshotId: '6f9619ff-8b86-4011-b42d-00cf4fc964ff' },
      },
      {
        machines: ['db-12'],
        startsAt: HOUR,
        durationMinutes: 45,
        steps: [{ action: 'drain', timeoutSeconds: 60, needsApproval: true }],
        rollback: { kind: 'manual', steps: [{ action: 'restore', timeoutSeconds: 600 }] },
      },
    ],
    bad: [
      {
        machines: ['db-12'],
        startsAt: HOUR,
        durationMinutes: 45,
        steps: [{ action: 'drain', timeoutSeconds: 60 }],
        rollback: { kind: 'manual', steps: [{ action: 'undo', timeoutSeconds: 600 }] },
      },
    ],
  },
  query_metrics: {
    good: [
      {
        service: 'search',
        metric: { name: 'latency', aggregation: 'p99' },
        range: { from: HOUR, to: HOUR, stepSeconds: 60 },
        groupBy: ['region'],
      },
    ],
    bad: [
      {
        service: 'search',
        metric: { name: 'latency', aggregation: 'p99' },
        range: { from: HOUR, to: HOUR, stepSeconds: 30 },
      },
    ],
  },
  create_invoice: {
    good: [
      {
        customer: { id: 'C12345', billingEmail: 'billing@kontor.example', vatNumber: null },
        lines: [{ description: 'Consulting', quantity: 2.5, unitPrice: PRICE }],
        dueOn: '2026-12-24',
        taxRate: 0.19,
      },
    ],
    bad: [
      {
        customer: { id: 'C12345', billingEmail: 'billing@kontor.example' },
        lines: [
          { description: 'Consulting', quantity: 2.5, unitPrice: { amountCents: 9900, currency: 'DM' } },
        ],
        dueOn: '2026-12-24',
        taxRate: 0.19,
      },
    ],
  },
  issue_refund: {
    good: [
      { order: 'SO-123456', refund: { kind: 'full' }, reason: 'late' },
      {
        order: 'SO-123456',
        refund: { kind: 'partial', amount: PRICE },
        reason: 'damaged',
        notifyCustomer: true,
      },
    ],
    bad: [{ order: 'SO-123456', refund: { kind: 'partial' }, reason: 'damaged' }],
  },
  look_up_order: {
    good: [{ order: 'SO-123456', include: ['lines', 'payments'] }],
    bad: [{ order: 'SO-123456', include: ['lines', 'lines'] }],
  },
  book_room: {
    good: [
      {
        title: 'Roadmap review',
        startsAt: HOUR,
        durationMinutes: 45,
        attendees: ['ida@kontor.example'],
        room: { seats: 8, equipment: ['screen'] },
        recurrence: { every: 'week', until: '2026-12-31' },
      },
      {
        title: 'Roadmap review',
        startsAt: HOUR,
        durationMinutes: 45,
        attendees: ['ida@kontor.example'],
        room: { seats: 8 },
        recurrence: null,
      },
    ],
    bad: [
      {
        title: 'Roadmap review',
        startsAt: HOUR,
        durationMinutes: 50,
        attendees: ['ida@kontor.example'],
        room: { seats: 8 },
      },
    ],
  },
  search_documents: {
    good: [
      { query: 'notice periods', collections: ['contracts'], filters: { department: 'legal' }, topK: 5 },
    ],
    bad: [{ query: 'notice periods', collections: ['contracts'], filters: { year: 2026 } }],
  },
}

const FIRST_ROUND = Array.from({ length: SCENARIO_COUNT }, (_, index) => scenarioFor({ seed: 1, index }))
const TOOLS = new Map(FIRST_ROUND.flatMap(({ tools }) => tools.map((tool) => [tool.function.name, tool])))

function verdictsOf(tool: TrialTool, values: object[]) {
  const calls = values.map((value) => ({ name: tool.function.name, arguments: JSON.stringify(value) }))
  return checkToolCalls(calls, readOfferedTools([tool])).map(({ verdict, detail }) => detail ?? verdict)
}

describe('each tool’s schema can be kept and broken', () => {
  test.each([...TOOLS])('%s', (name, tool) => {
    const { good, bad } = ARGUMENTS[name] ?? { good: [], bad: [] }
    expect(good.length * bad.length).toBeGreaterThan(0)
    expect(verdictsOf(tool, good)).toEqual(good.map(() => 'valid'))
    expect(verdictsOf(tool, [...bad, {}, { ...good[0], unheardOf: true }])).not.toContain('valid')
  })
})

test('a round of calls holds each scenario once, and the next round in another order', () => {
  const namesOf = (round: number) =>
    FIRST_ROUND.map((_, index) => scenarioFor({ seed: 1, index: round * SCENARIO_COUNT + index }).name)
  expect(new Set(namesOf(0)).size).toBe(SCENARIO_COUNT)
  expect([...namesOf(1)].sort()).toEqual([...namesOf(0)].sort())
  expect(namesOf(1)).not.toEqual(namesOf(0))
})

test('the same seed and index give the same request, another seed another one', () => {
  fc.assert(
    fc.property(fc.nat(2_147_483_647), fc.nat(4999), (seed, index) => {
      const scenario = scenarioFor({ seed, index })
      expect(scenarioFor({ seed, index })).toEqual(scenario)
      expect(scenario.tools.length).toBeGreaterThan(1)
      expect(scenario.prompt).not.toContain('undefined')
    }),
  )
  const prompts = (seed: number) => FIRST_ROUND.map((_, index) => scenarioFor({ seed, index }).prompt)
  expect(prompts(2)).not.toEqual(prompts(1))
})

test('both ways of leaving the choice to the model occur', () => {
  expect(new Set(FIRST_ROUND.map(({ toolChoice }) => toolChoice))).toEqual(new Set(['auto', 'required']))
})
