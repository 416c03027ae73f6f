'use client'

import { EmptyState } from '@/components/ui/empty-state'
import { Panel } from '@/components/ui/panel'
import { TextAreaField } from '@/components/ui/text-area-field'
import { TextField } from '@/components/ui/text-field'
import { trySample, withDraft } from '@/lib/use-cases/preview-rules'
import type { UseCaseRuleRow } from '@/lib/use-cases/schema'
import { requestOf, type SampleInput } from './sample-input'
import { TryResult } from './try-result'

/** A request to hold against the rules. It stays in the browser. */
export function TryPanel({
  rules,
  sample,
  onChange,
}: {
  rules: readonly UseCaseRuleRow[] | undefined
  sample: SampleInput
  onChange: (sample: SampleInput) => void
}) {
  const change = (name: keyof SampleInput) => (event: { target: { value: string } }) =>
    onChange({ ...sample, [name]: event.target.value })
  const request = requestOf(sample)
  return (
    <Panel title="Try the rules" note="Paste what a request has; nothing of it is sent or stored">
      <div className="flex flex-col gap-3 px-4 pb-4 sm:px-5">
        <TextField label="App" placeholder="shop-bot" value={sample.app} onChange={change('app')} />
        <TextAreaField
          label="Names of its tools"
          hint="One a line, or with commas"
          isCode
          rows={2}
          value={sample.tools}
          onChange={change('tools')}
        />
        <TextAreaField
          label="System prompt"
          rows={4}
          value={sample.systemPrompt}
          onChange={change('systemPrompt')}
        />
      </div>
      <div aria-live="polite" className="border-t">
        {request === null || rules === undefined ? (
          <EmptyState title="Which rule would it be?">
            The answer appears here as you type, with the reason.
          </EmptyState>
        ) : (
          <TryResult result={trySample(withDraft(rules, undefined), request)} />
        )}
      </div>
    </Panel>
  )
}
