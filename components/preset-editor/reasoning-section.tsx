'use client'

import { Panel } from '@/components/ui/panel'
import { SelectField } from '@/components/ui/select-field'
import { Switch } from '@/components/ui/switch'
import { SwitchRow } from '@/components/ui/switch-row'
import { TextField } from '@/components/ui/text-field'
import type { ReasoningDraft } from '@/lib/presets/draft/preset-draft'
import type { EditorForm } from './editor-form'

const EFFORTS = [
  { value: '', label: 'Not said' },
  { value: 'none', label: 'None' },
  { value: 'minimal', label: 'Minimal' },
  { value: 'low', label: 'Low' },
  { value: 'medium', label: 'Medium' },
  { value: 'high', label: 'High' },
  { value: 'xhigh', label: 'Extra high' },
]

/** How much a model that can think, thinks. */
export function ReasoningSection({ form }: { form: EditorForm }) {
  const { draft, change, errorAt, isReadOnly } = form
  const { reasoning } = draft
  const set = (part: Partial<ReasoningDraft>) => change({ reasoning: { ...reasoning, ...part } })
  return (
    <Panel
      title={<span id="reasoning-title">Reasoning</span>}
      note={<span id="reasoning-note">For models that think before they answer.</span>}
      actions={
        <Switch
          isOn={reasoning.isIncluded}
          onChange={(isIncluded) => set({ isIncluded })}
          labelledBy="reasoning-title"
          describedBy="reasoning-note"
          isDisabled={isReadOnly}
        />
      }
    >
      {reasoning.isIncluded ? (
        <div className="grid gap-4 px-4 pb-4 sm:grid-cols-2 sm:px-5 sm:pb-5">
          <SelectField
            label="Effort"
            options={EFFORTS}
            value={reasoning.effort}
            onChange={(effort) => set({ effort })}
          />
          <TextField
            label="Most reasoning tokens"
            inputMode="numeric"
            value={reasoning.maxTokens}
            placeholder="not said"
            error={errorAt('config.reasoning.max_tokens')}
            onChange={(event) => set({ maxTokens: event.target.value })}
          />
          <SwitchRow
            label="Think at all"
            note={
              reasoning.isEnabled === null
                ? 'Not said: effort or budget decide.'
                : reasoning.isEnabled
                  ? 'Asked for.'
                  : 'Switched off, where the model allows it.'
            }
            isOn={reasoning.isEnabled ?? true}
            isDisabled={isReadOnly}
            onChange={(isEnabled) => set({ isEnabled })}
          />
          <SwitchRow
            label="Keep the thoughts out of the answer"
            note="The model thinks, the client does not see it."
            isOn={reasoning.isExcluded}
            isDisabled={isReadOnly}
            onChange={(isExcluded) => set({ isExcluded })}
          />
        </div>
      ) : null}
    </Panel>
  )
}
