import { afterEach, expect, test } from 'vitest'
import { setEnvironment } from '../platform/env.server'
import { isPrivateNetworkAllowed } from './private-network.server'

afterEach(() => setEnvironment({ SIGHTGLASS_ALLOW_PRIVATE_NETWORK: '', HOST: '' }))

test.each<[string, string, boolean]>([
  ['', '', true],
  ['', '127.0.0.1', true],
  ['', '127.1.2.3', true],
  ['', '::1', true],
  ['', 'localhost', true],
  ['', '0.0.0.0', false],
  ['', '::', false],
  ['', '192.168.1.5', false],
  ['', 'dashboard.example.com', false],
  ['false', '127.0.0.1', false],
  ['true', '0.0.0.0', true],
])('SIGHTGLASS_ALLOW_PRIVATE_NETWORK=%j on HOST=%j: %s', (setting, host, expected) => {
  setEnvironment({ SIGHTGLASS_ALLOW_PRIVATE_NETWORK: setting, HOST: host })
  expect(isPrivateNetworkAllowed()).toBe(expected)
})
