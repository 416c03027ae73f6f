import { expect, test } from 'vitest'
import { crossoverWords } from './crossover-words'

const window = {
  fromMs: Date.parse('2026-11-01T00:00:00Z'),
  throughMs: Date.parse('2026-11-08T00:00:00Z'),
  hasTraffic: true,
}

test('a crossover in the window is dated', () => {
  expect(crossoverWords({ ...window, crossover: '2026-11-03' })).toEqual({
    figure: '3 Nov 2026',
    note: 'agents ahead of people since',
    sentence: 'Agents overtook people on 3 Nov 2026',
  })
})

test('the first day of the window is in it', () => {
  expect(crossoverWords({ ...window, crossover: '2026-11-01' }).sentence).toBe(
    'Agents overtook people on 1 Nov 2026',
  )
})

test('a crossover before the window is told in words', () => {
  const { figure, sentence } = crossoverWords({ ...window, crossover: '2025-02-06' })
  expect(figure).toBe('6 Feb 2025')
  expect(sentence).toBe('Agents overtook people on 6 Feb 2025, before this window, and have stayed ahead')
})

test('without a crossover the last day that was looked at is named', () => {
  expect(crossoverWords({ ...window, crossover: null })).toEqual({
    figure: null,
    note: 'agents are not ahead of people',
    sentence: 'Agents did not use more tokens than people in the 7 days up to 7 Nov 2026',
  })
  expect(crossoverWords({ ...window, crossover: null, hasTraffic: false }).note).toBe('nothing to compare')
})
