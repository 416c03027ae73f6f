import { expect, test } from 'vitest'
import { createBoundedCache } from './bounded-cache'

test('the entry written longest ago leaves when a new one does not fit', () => {
  const cache = createBoundedCache<number>({ limit: 2 })
  cache.set('a', 1)
  cache.set('b', 2)
  cache.set('a', 3)
  cache.set('c', 4)
  expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual([3, undefined, 4])
})

test('a deleted entry makes room', () => {
  const cache = createBoundedCache<number>({ limit: 2 })
  cache.set('a', 1)
  cache.set('b', 2)
  cache.delete('b')
  cache.set('c', 3)
  expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual([1, undefined, 3])
})
