import { expect, test } from 'vitest'
import { branchingSchema } from '../testing/branching-schema'
import { addRecordSteps, createCheckBudget } from './check-budget'
import { checkToolCalls, type OfferedTool, type RawToolCall } from './check-tool-calls'

const branching: OfferedTool = { name: 'branching', schema: branchingSchema(40) }
const integers: OfferedTool = {
  name: 'integers',
  schema: { properties: { list: { items: { type: 'integer' } } } },
}
const weather: OfferedTool = {
  name: 'get_weather',
  schema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
}
const tools = [branching, integers, weather]

const callTo = ({ name }: OfferedTool, value: unknown): RawToolCall => ({
  name,
  arguments: JSON.stringify(value),
})
const listOf = (length: number) => callTo(integers, { list: Array.from({ length }, (_, index) => index) })
const inOslo = callTo(weather, { city: 'Oslo' })

/** The budget after a body's hundred calls that branch without end. */
function spentBudget() {
  const budget = createCheckBudget()
  const calls = Array.from({ length: 100 }, () => callTo(branching, {}))
  expect(verdictsOf(calls, budget)).toEqual(calls.map(() => 'unknown'))
  return budget
}

function verdictsOf(calls: readonly RawToolCall[], budget = createCheckBudget()) {
  return checkToolCalls(calls, tools, budget).map(({ verdict }) => verdict)
}

test('a hundred calls take no more steps than one body has', () => {
  expect(spentBudget().stepsLeft).toBe(0)
})

test('what the budget does not suffice for is unknown, whatever was wrong with it', () => {
  const budget = spentBudget()
  expect(verdictsOf([inOslo, callTo(weather, {}), { name: 'made_up', arguments: '{}' }], budget)).toEqual([
    'unknown',
    'unknown',
    'unknown_name',
  ])
})

test('calls that name no budget share one of their own', () => {
  const calls = [...Array.from({ length: 100 }, () => callTo(branching, {})), inOslo]
  expect(checkToolCalls(calls, tools).at(-1)?.verdict).toBe('unknown')
})

test('one costly call leaves something for the others of its body', () => {
  expect(verdictsOf([callTo(branching, {}), listOf(5000), inOslo])).toEqual(['unknown', 'valid', 'valid'])
})

test('each record brings enough for usual calls, and not for costly ones', () => {
  const budget = spentBudget()
  for (let record = 0; record < 1000; record++) {
    addRecordSteps(budget)
    expect(verdictsOf([inOslo, inOslo, inOslo, callTo(weather, { city: 7 })], budget)).toEqual([
      'valid',
      'valid',
      'valid',
      'schema_mismatch',
    ])
  }
  const poor = spentBudget()
  addRecordSteps(poor)
  expect(verdictsOf([listOf(5000)], poor)).toEqual(['unknown'])
})

test('records that cost nothing save up for one that does, up to what a body has', () => {
  const budget = createCheckBudget()
  const most = budget.stepsLeft
  addRecordSteps(budget)
  expect(budget.stepsLeft).toBe(most)
  const poor = spentBudget()
  for (let record = 0; record < 100; record++) addRecordSteps(poor)
  expect(verdictsOf([listOf(5000)], poor)).toEqual(['valid'])
})

test('a usual call costs less than reading it', () => {
  const budget = createCheckBudget()
  // The first call compiles the schema.
  verdictsOf([inOslo], budget)
  const before = budget.stepsLeft
  verdictsOf([inOslo], budget)
  expect(before - budget.stepsLeft).toBeLessThan(20)
})
