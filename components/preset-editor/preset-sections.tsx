'use client'

import { BasicsSection } from './basics-section'
import type { EditorForm } from './editor-form'
import { ModelsSection } from './models-section'
import { ParametersSection } from './parameters-section'
import { ProvidersSection } from './providers-section'
import { ReasoningSection } from './reasoning-section'
import { SafeguardsSection } from './safeguards-section'
import { ToolsSection } from './tools-section'

/** The form, section by section. Fields keep clear of the bar at the bottom when they are focused. */
export function PresetSections({ form, isNew }: { form: EditorForm; isNew: boolean }) {
  return (
    <fieldset
      disabled={form.isReadOnly}
      className="contents [&_button]:scroll-mb-28 [&_input]:scroll-mb-28 [&_select]:scroll-mb-28 [&_textarea]:scroll-mb-28"
    >
      <legend className="sr-only">Preset</legend>
      <BasicsSection form={form} isNew={isNew} />
      <ModelsSection form={form} />
      <ProvidersSection form={form} />
      <ParametersSection form={form} />
      <ReasoningSection form={form} />
      <ToolsSection form={form} />
      <SafeguardsSection form={form} />
    </fieldset>
  )
}
