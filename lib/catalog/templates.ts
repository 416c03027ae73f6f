import { CLOUD_TEMPLATES } from './cloud-templates'
import { HOST_TEMPLATES } from './host-templates'
import { LAB_TEMPLATES } from './lab-templates'
import { LOCAL_TEMPLATES } from './local-templates'
import type { ProviderTemplate } from './template'

/** Every well-known provider, group by group. */
export const PROVIDER_TEMPLATES: readonly ProviderTemplate[] = [
  ...LAB_TEMPLATES,
  ...CLOUD_TEMPLATES,
  ...HOST_TEMPLATES,
  ...LOCAL_TEMPLATES,
]

/** The template whose address a base URL is, whatever stands in its parts; null when none is. */
export function templateOfBaseUrl(baseUrl: string): ProviderTemplate | null {
  return MATCHERS.find(({ matches }) => matches.test(baseUrl.toLowerCase()))?.template ?? null
}

/** Local addresses say little: any server may listen at a port. The most exact address comes first. */
const MATCHERS = [...LAB_TEMPLATES, ...CLOUD_TEMPLATES, ...HOST_TEMPLATES]
  .sort((a, b) => b.baseUrl.length - a.baseUrl.length)
  .map((template) => ({ template, matches: matcherOf(template.baseUrl) }))

function matcherOf(baseUrl: string): RegExp {
  const source = baseUrl
    .toLowerCase()
    .split(/(\{[a-z]+\})/)
    .map((part) => {
      if (part === '{model}') return '[^/]+'
      return part.startsWith('{') ? '[^/.]+' : part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
    })
    .join('')
  return new RegExp(`^${source}/?$`)
}
