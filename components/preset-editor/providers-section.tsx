'use client'

import { Panel } from '@/components/ui/panel'
import { SwitchRow } from '@/components/ui/switch-row'
import type { EditorForm } from './editor-form'
import { ProviderLimits } from './provider-limits'
import { ProviderListField } from './provider-list-field'

/** Who may answer, in which order, and on what conditions. */
export function ProvidersSection({ form }: { form: EditorForm }) {
  const { draft, change, isReadOnly } = form
  const { provider } = draft
  return (
    <Panel
      title="Providers"
      note="Without any of this the cheapest healthy providers are preferred. Prices are per million tokens, times to the first token."
    >
      <div className="flex flex-col gap-5 px-4 pb-4 sm:px-5 sm:pb-5">
        <ProviderListField
          form={form}
          field="order"
          title="Try first, in this order"
          note="Drag to order. The others follow as fallbacks."
          action="Add to the order"
          isOrdered
        />
        <ProviderListField
          form={form}
          field="only"
          title="Only these"
          note="Nobody else is asked."
          action="Allow only"
          isOrdered={false}
        />
        <ProviderListField
          form={form}
          field="ignore"
          title="Never these"
          note="Left out, whatever else is said."
          action="Exclude"
          isOrdered={false}
        />
        <div className="grid gap-4 border-t pt-4 sm:grid-cols-2">
          <SwitchRow
            label="Allow fallbacks"
            note="Off: only the first of the plan is tried."
            isOn={provider.allowFallbacks}
            isDisabled={isReadOnly}
            onChange={(allowFallbacks) => change({ provider: { ...provider, allowFallbacks } })}
          />
          <SwitchRow
            label="Require parameters"
            note="Only endpoints that know every parameter sent."
            isOn={provider.requireParameters}
            isDisabled={isReadOnly}
            onChange={(requireParameters) => change({ provider: { ...provider, requireParameters } })}
          />
        </div>
        <ProviderLimits form={form} />
      </div>
    </Panel>
  )
}
