import type { ModelProviderPoint, ModelSeriesAnswer } from '@/lib/analytics/models/schema'
import type { EntityPoints } from '@/lib/charts/prepare-entities'

/** The providers of an answer as entities of a chart, most attempts first. */
export function entitiesOf({ providers }: ModelSeriesAnswer): EntityPoints<ModelProviderPoint>[] {
  return providers.map(({ provider, name, points }) => ({ key: provider, label: name, points }))
}
