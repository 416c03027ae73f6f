import { expect, test } from 'vitest'
import { type PageParameters, signInPath } from './sign-in-path'

test.each<[string, PageParameters, string]>([
  ['/logs', {}, '/logs'],
  ['/logs', { provider: 'helios', period: '7d' }, '/logs?provider=helios&period=7d'],
  ['/logs', { model: 'acme/atlas', view: undefined, app: ['a', 'b'] }, '/logs?model=acme%2Fatlas'],
])('from %s with %j it leads back to %s', (path, parameters, back) => {
  const { pathname, searchParams } = new URL(signInPath(path, parameters), 'http://localhost')
  expect(pathname).toBe('/sign-in')
  expect([...searchParams]).toEqual([['callbackUrl', back]])
})
