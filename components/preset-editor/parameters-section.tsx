'use client'

import { Panel } from '@/components/ui/panel'
import { PARAMETER_NAMES } from '@/lib/presets/draft/parameter-controls'
import type { EditorForm } from './editor-form'
import { ParameterRow } from './parameter-row'

/** Parameters, each sent only when it is included. */
export function ParametersSection({ form }: { form: EditorForm }) {
  const included = PARAMETER_NAMES.filter((name) => form.draft.parameters[name].isIncluded).length
  return (
    <Panel
      title="Parameters"
      note={
        included === 0
          ? 'None included: the request or the provider decides.'
          : `${included} included; a request’s own values win.`
      }
    >
      <ul className="grid gap-x-8 border-t px-4 sm:grid-cols-2 sm:px-5">
        {PARAMETER_NAMES.map((name) => (
          <ParameterRow key={name} form={form} name={name} />
        ))}
      </ul>
    </Panel>
  )
}
