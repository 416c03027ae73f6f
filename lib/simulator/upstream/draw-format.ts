import { pick, type Random } from '../../platform/random'

const NAMES = ['ada', 'noor', 'tomas', 'yuki', 'lena', 'omar', 'ines', 'pavel'] as const
const HOSTS = ['example.com', 'mail.example.org', 'shop.example.net'] as const

/** A value of one of draft 7's string formats; null for a format we do not know, which then means nothing. */
export function drawFormat(format: string, random: Random): string | null {
  const between = (from: number, to: number) => from + Math.floor(random() * (to - from + 1))
  const two = (value: number) => String(value).padStart(2, '0')
  const date = () => `${between(2024, 2027)}-${two(between(1, 12))}-${two(between(1, 28))}`
  const time = () => `${two(between(0, 23))}:${two(between(0, 59))}:${two(between(0, 59))}Z`
  const hex = (length: number) =>
    Array.from({ length }, () => Math.floor(random() * 16).toString(16)).join('')
  switch (format) {
    case 'date':
      return date()
    case 'time':
      return time()
    case 'date-time':
      return `${date()}T${time()}`
    case 'duration':
      return `P${between(1, 20)}DT${between(1, 23)}H`
    case 'email':
    case 'idn-email':
      return `${pick(random, NAMES)}.${between(1, 99)}@${pick(random, HOSTS)}`
    case 'hostname':
    case 'idn-hostname':
      return pick(random, HOSTS)
    case 'ipv4':
      return `192.0.2.${between(1, 254)}`
    case 'ipv6':
      return `2001:db8::${hex(4)}`
    case 'uri':
    case 'uri-reference':
    case 'iri':
    case 'iri-reference':
    case 'url':
      return `https://${pick(random, HOSTS)}/items/${between(1, 9999)}`
    case 'uri-template':
      return `https://${pick(random, HOSTS)}/items/{id}`
    case 'uuid':
      return `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(12)}`
    case 'json-pointer':
      return `/items/${between(0, 99)}`
    case 'relative-json-pointer':
      return `${between(0, 3)}/items`
    case 'regex':
      return '^[a-z]+$'
    default:
      return null
  }
}
