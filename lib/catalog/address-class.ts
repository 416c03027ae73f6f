import ipaddr from 'ipaddr.js'

/** What an address leads to. The last five are never called: no model provider lives there. */
export type AddressClass =
  | 'public'
  | 'loopback'
  | 'private'
  | 'link_local'
  | 'metadata'
  | 'unspecified'
  | 'multicast'
  | 'reserved'

/** Cloud metadata services that live outside 169.254.0.0/16: Alibaba, Oracle, Azure's wire server, AWS and Google on IPv6. */
const METADATA_ADDRESSES: ReadonlySet<string> = new Set([
  '169.254.169.254',
  '169.254.170.2',
  '169.254.170.23',
  '100.100.100.200',
  '192.0.0.192',
  '168.63.129.16',
  'fd00:ec2::254',
  'fd00:ec2::23',
  'fd20:ce::254',
])

const METADATA_HOSTS: ReadonlySet<string> = new Set([
  'metadata',
  'metadata.google.internal',
  'metadata.goog',
  'metadata.azure.internal',
  'metadata.tencentyun.com',
  'instance-data',
  'instance-data.ec2.internal',
])

/** IPv6 ranges that carry an IPv4 address in their last 32 bits. */
const IPV4_IN_LAST_BITS: ReadonlySet<string> = new Set(['ipv4Mapped', 'rfc6145'])
const NAT64 = ipaddr.IPv6.parseCIDR('64:ff9b::/96')
const IPV4_COMPATIBLE = ipaddr.IPv6.parseCIDR('::/96')

/**
 * What an IP address leads to; IPv4 inside IPv6 (mapped, compatible, translated, NAT64, 6to4) counts as that IPv4.
 * What is no IP address is `reserved`.
 */
export function classifyAddress(address: string): AddressClass {
  if (!ipaddr.isValid(address)) return 'reserved'
  const parsed = withoutWrapping(ipaddr.parse(address))
  if (METADATA_ADDRESSES.has(parsed.toString())) return 'metadata'
  const range: string = parsed.range()
  switch (range) {
    case 'unicast':
      return 'public'
    case 'loopback':
      return 'loopback'
    case 'private':
    case 'uniqueLocal':
    case 'carrierGradeNat':
    case 'deprecatedSiteLocal':
      return 'private'
    case 'linkLocal':
      return 'link_local'
    case 'unspecified':
      return 'unspecified'
    case 'multicast':
      return 'multicast'
    default:
      return 'reserved'
  }
}

/** Whether a host name is known to lead to a cloud's metadata service. */
export function isMetadataHost(hostname: string): boolean {
  return METADATA_HOSTS.has(hostname.toLowerCase().replace(/\.$/, ''))
}

/** The IP address that a URL's host is, without brackets; null when it is a name. Expects `new URL(…).hostname`. */
export function literalAddress(hostname: string): string | null {
  const bare = hostname.replace(/^\[|\]$/g, '')
  return ipaddr.isValid(bare) ? bare : null
}

/** Whether an address of this class may be called; loopback and private ones only where they are allowed. */
export function isAddressAllowed(
  addressClass: AddressClass,
  { allowPrivate }: { allowPrivate: boolean },
): boolean {
  switch (addressClass) {
    case 'public':
      return true
    case 'loopback':
    case 'private':
      return allowPrivate
    case 'link_local':
    case 'metadata':
    case 'unspecified':
    case 'multicast':
    case 'reserved':
      return false
  }
}

/** The class in words, to follow "is": "a link-local address". */
export function describeAddressClass(addressClass: AddressClass): string {
  return ADDRESS_CLASS_WORDS[addressClass]
}

const ADDRESS_CLASS_WORDS = {
  public: 'a public address',
  loopback: 'a loopback address',
  private: 'a private-network address',
  link_local: 'a link-local address',
  metadata: "a cloud's metadata address",
  unspecified: 'an unspecified address',
  multicast: 'a multicast address',
  reserved: 'a reserved address',
} as const satisfies Record<AddressClass, string>

function withoutWrapping(address: ipaddr.IPv4 | ipaddr.IPv6): ipaddr.IPv4 | ipaddr.IPv6 {
  if (address instanceof ipaddr.IPv4) return address
  const range: string = address.range()
  const bytes = address.toByteArray()
  const isCompatible = address.match(IPV4_COMPATIBLE) && range !== 'unspecified' && range !== 'loopback'
  if (IPV4_IN_LAST_BITS.has(range) || address.match(NAT64) || isCompatible)
    return new ipaddr.IPv4(bytes.slice(12))
  return range === '6to4' ? new ipaddr.IPv4(bytes.slice(2, 6)) : address
}
