import { expect, test } from 'vitest'
import { filterParameters, readFilter, writeFilter } from './tools-filter'

const nothing = { model: null, author: null, provider: null, app: null }

test('what is written is read again, and a new filter replaces the old one', () => {
  expect(readFilter(writeFilter({ by: 'provider', name: 'helios' }))).toEqual({
    by: 'provider',
    name: 'helios',
  })
  expect(writeFilter({ by: 'app', name: 'desk' })).toEqual({ ...nothing, app: 'desk' })
  expect(readFilter(writeFilter(null))).toBeNull()
})

test('of several filters the first counts, and an empty one is none', () => {
  expect(readFilter({ ...nothing, app: 'desk', model: 'acme/atlas' })).toEqual({
    by: 'model',
    name: 'acme/atlas',
  })
  expect(readFilter({ ...nothing, model: '', app: 'desk' })).toEqual({ by: 'app', name: 'desk' })
})

test('a subject that the other side does not know is not sent', () => {
  const filter = { by: 'author', name: 'acme' } as const
  expect(filterParameters(filter)).toEqual({ author: 'acme' })
  expect(filterParameters(filter, ['model', 'app'])).toEqual({})
  expect(filterParameters(null)).toEqual({})
})
