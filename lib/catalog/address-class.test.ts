import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type AddressClass,
  classifyAddress,
  isAddressAllowed,
  isMetadataHost,
  literalAddress,
} from './address-class'

describe('classifyAddress', () => {
  test.each<[string, AddressClass]>([
    ['8.8.8.8', 'public'],
    ['2606:4700::1111', 'public'],
    ['127.0.0.1', 'loopback'],
    ['127.255.0.9', 'loopback'],
    ['::1', 'loopback'],
    ['10.0.0.1', 'private'],
    ['172.16.0.1', 'private'],
    ['172.32.0.1', 'public'],
    ['192.168.1.1', 'private'],
    ['100.64.0.1', 'private'],
    ['fd12:3456::1', 'private'],
    ['fec0::1', 'private'],
    ['169.254.0.1', 'link_local'],
    ['fe80::1', 'link_local'],
    ['febf::1', 'link_local'],
    ['169.254.169.254', 'metadata'],
    ['169.254.170.2', 'metadata'],
    ['100.100.100.200', 'metadata'],
    ['168.63.129.16', 'metadata'],
    ['fd00:ec2::254', 'metadata'],
    ['FD00:0EC2:0::0254', 'metadata'],
    ['0.0.0.0', 'unspecified'],
    ['0.1.2.3', 'unspecified'],
    ['::', 'unspecified'],
    ['224.0.0.1', 'multicast'],
    ['ff02::1', 'multicast'],
    ['255.255.255.255', 'reserved'],
    ['240.0.0.1', 'reserved'],
    ['192.0.2.1', 'reserved'],
    ['2001:db8::1', 'reserved'],
    ['::ffff:127.0.0.1', 'loopback'],
    ['::ffff:a9fe:a9fe', 'metadata'],
    ['::ffff:0:169.254.1.1', 'link_local'],
    ['::ffff:8.8.8.8', 'public'],
    ['::7f00:1', 'loopback'],
    ['64:ff9b::a9fe:a9fe', 'metadata'],
    ['64:ff9b::8.8.8.8', 'public'],
    ['2002:a9fe:a9fe::1', 'metadata'],
    ['2002:a00:1::', 'private'],
    ['64:ff9b:1::1', 'reserved'],
    ['no address', 'reserved'],
    ['', 'reserved'],
  ])('%s is %s', (address, expected) => {
    expect(classifyAddress(address)).toBe(expected)
  })

  test('takes no IPv4 address for anything else when IPv6 wraps it', () => {
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        const hex = address
          .split('.')
          .map((part) => Number(part).toString(16).padStart(2, '0'))
          .join('')
        const words = `${hex.slice(0, 4)}:${hex.slice(4)}`
        expect(classifyAddress(`::ffff:${words}`)).toBe(classifyAddress(address))
        expect(classifyAddress(`64:ff9b::${words}`)).toBe(classifyAddress(address))
        expect(classifyAddress(`2002:${words}::`)).toBe(classifyAddress(address))
      }),
    )
  })
})

test.each<[AddressClass, boolean, boolean]>([
  ['public', true, true],
  ['loopback', false, true],
  ['private', false, true],
  ['link_local', false, false],
  ['metadata', false, false],
  ['unspecified', false, false],
  ['multicast', false, false],
  ['reserved', false, false],
])('%s is callable from outside: %s, with private networks allowed: %s', (addressClass, outside, inside) => {
  expect(isAddressAllowed(addressClass, { allowPrivate: false })).toBe(outside)
  expect(isAddressAllowed(addressClass, { allowPrivate: true })).toBe(inside)
})

test.each<[string, boolean]>([
  ['metadata.google.internal', true],
  ['METADATA.google.internal.', true],
  ['metadata', true],
  ['instance-data.ec2.internal', true],
  ['metadata.example.com', false],
  ['api.example.com', false],
])('%s names a metadata service: %s', (hostname, expected) => {
  expect(isMetadataHost(hostname)).toBe(expected)
})

test.each<[string, string | null]>([
  ['http://127.0.0.1/v1', '127.0.0.1'],
  ['http://[::1]:80/v1', '::1'],
  ['http://2130706433/v1', '127.0.0.1'],
  ['http://0177.0.0.1/v1', '127.0.0.1'],
  ['http://0x7f.1/v1', '127.0.0.1'],
  ['http://0/v1', '0.0.0.0'],
  ['http://[::ffff:169.254.169.254]/', '::ffff:a9fe:a9fe'],
  ['http://localhost/v1', null],
  ['https://api.example.com/v1', null],
])('the literal address of %s is %s', (url, expected) => {
  expect(literalAddress(new URL(url).hostname)).toBe(expected)
})
