import { isObject, type JsonObject } from '../platform/json-value'
import { cloudflare } from './cloudflare/read'
import type { Format } from './format'
import { helicone } from './helicone/read'
import { langfuse } from './langfuse/read'
import { litellm } from './litellm/read'
import { openrouter } from './openrouter/read'
import { portkey } from './portkey/read'
import { posthog } from './posthog/read'
import { vercel } from './vercel/read'

/** The formats that become our records element by element, by the names of their folders. */
export const FORMAT_NAMES = [
  'litellm',
  'langfuse',
  'helicone',
  'posthog',
  'portkey',
  'cloudflare',
  'openrouter',
  'vercel',
] as const
export type FormatName = (typeof FORMAT_NAMES)[number]

/** What a body or a file can be: our own records, OTLP in JSON, or one of the formats. */
export const BODY_FORMATS = ['sightglass', 'otlp', ...FORMAT_NAMES] as const
export type BodyFormat = (typeof BODY_FORMATS)[number]

const FORMATS = {
  litellm,
  langfuse,
  helicone,
  posthog,
  portkey,
  cloudflare,
  openrouter,
  vercel,
} as const satisfies Record<FormatName, Format>

/** Elements looked at before a body counts as our own records. */
const SAMPLED = 20

/** All that the product knows of a format. */
export function formatNamed(name: FormatName): Format {
  return FORMATS[name]
}

/** The format of that name; null when there is none. */
export function toBodyFormat(name: string): BodyFormat | null {
  return BODY_FORMATS.find((known) => known === name) ?? null
}

/**
 * The format of a body, by its first elements: ours when they have our `startedAt`, or when nothing else is recognised,
 * since our errors then say what was expected.
 */
export function recogniseFormat(elements: readonly unknown[]): BodyFormat {
  for (const element of elements.slice(0, SAMPLED)) {
    if (!isObject(element)) continue
    const found = recogniseElement(element)
    if (found !== null) return found
  }
  return 'sightglass'
}

function recogniseElement(element: JsonObject): BodyFormat | null {
  if (typeof element.startedAt === 'string' && 'model' in element) return 'sightglass'
  if (['resourceSpans', 'resource_spans'].some((name) => Array.isArray(element[name]))) return 'otlp'
  const own = FORMAT_NAMES.find((name) => FORMATS[name].recognises(element))
  if (own !== undefined) return own
  const wrapped = FORMAT_NAMES.find((name) => {
    const inner = FORMATS[name].unwrap?.(element) ?? null
    return inner?.slice(0, SAMPLED).some((part) => isObject(part) && FORMATS[name].recognises(part))
  })
  return wrapped ?? null
}

/** The elements of a body with what a format wraps them in taken off. */
export function unwrapElements(name: FormatName, elements: readonly unknown[]): unknown[] {
  const { unwrap, recognises } = FORMATS[name]
  if (unwrap === undefined) return [...elements]
  return elements.flatMap((element) => {
    const inner = isObject(element) ? unwrap(element) : null
    // Asked last, since it costs more than to look for a wrapping, which nearly no element has.
    return inner === null || (isObject(element) && recognises(element)) ? [element] : inner
  })
}
