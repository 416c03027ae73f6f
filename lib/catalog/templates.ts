import { CLOUD_TEMPLATES } from './cloud-templates'
import { HOST_TEMPLATES } from './host-templates'
import { LAB_TEMPLATES } from './lab-templates'
import { LOCAL_TEMPLATES } from './local-templates'
import { type ProviderTemplate, partsOf } from './template'

/** Every well-known provider, group by group. */
export const PROVIDER_TEMPLATES: readonly ProviderTemplate[] = [
  ...LAB_TEMPLATES,
  ...CLOUD_TEMPLATES,
  ...HOST_TEMPLATES,
  ...LOCAL_TEMPLATES,
]

/** The template whose address a base URL is, whatever stands in its parts; null when none is. */
export function templateOfBaseUrl(baseUrl: string): ProviderTemplate | null {
  return ADDRESSES.find((template) => partsOf(template, baseUrl) !== null) ?? null
}

/** Without local ones, whose address says little: any server may listen at a port. The most exact address comes first. */
const ADDRESSES = [...LAB_TEMPLATES, ...CLOUD_TEMPLATES, ...HOST_TEMPLATES].sort(
  (a, b) => b.baseUrl.length - a.baseUrl.length,
)
