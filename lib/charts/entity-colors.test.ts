import { expect, test } from 'vitest'
import { assignColors, PALETTE_SIZE } from './entity-colors'

const keys = Array.from({ length: 10 }, (_, index) => `acme/model-${index}`)

test('a colour belongs to the entity, whatever the order', () => {
  const forwards = assignColors(keys)
  const backwards = assignColors([...keys].reverse())
  for (const key of keys) expect(backwards.get(key)).toBe(forwards.get(key))
})

test('visible entities have different colours while the palette lasts', () => {
  const many = Array.from({ length: PALETTE_SIZE }, (_, index) => `lab/${index}`)
  expect(new Set(assignColors(many).values()).size).toBe(PALETTE_SIZE)
})

test('a palette that has run out still colours everything', () => {
  const many = Array.from({ length: 40 }, (_, index) => `lab/${index}`)
  expect(assignColors(many).size).toBe(40)
})

test('an entity keeps the colour it was seen with when others join', () => {
  const seen = assignColors(keys.slice(3, 6))
  const all = assignColors(keys, seen)
  for (const key of keys.slice(3, 6)) expect(all.get(key)).toBe(seen.get(key))
  expect(new Set(all.values()).size).toBe(keys.length)
})

test('meaning wins over the palette', () => {
  const colors = assignColors(['other', 'agentic', 'human'])
  expect(colors.get('other')).toBe('var(--chart-other)')
  expect(colors.get('agentic')).toBe('var(--chart-agentic)')
})

test('a key named like an object property is an entity like any other', () => {
  expect(assignColors(['constructor']).get('constructor')).toMatch(/^var\(--chart-\d+\)$/)
})
