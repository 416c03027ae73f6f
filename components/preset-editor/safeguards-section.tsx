'use client'

import { Panel } from '@/components/ui/panel'
import { SwitchRow } from '@/components/ui/switch-row'
import { SAFEGUARDS, type Safeguard } from '@/lib/presets/draft/preset-draft'
import type { EditorForm } from './editor-form'

const WORDS = {
  tool_call_guard: {
    label: 'Retry bad tool calls',
    note: 'Every tool call is checked against its schema before the client sees it. A bad one (no JSON, an unknown name, wrong arguments) is thrown away and the next endpoint is asked. Streams hold back tool calls only, not text.',
  },
  structured_output_guard: {
    label: 'Retry bad structured output',
    note: 'Where a request asks for JSON of a schema, an answer that is no JSON or breaks the schema is thrown away and the next endpoint is asked. Such answers are held back until they are complete.',
  },
  continue_broken_streams: {
    label: 'Continue broken streams elsewhere',
    note: 'A stream that breaks after its first words goes on at the next endpoint, which gets the words so far. Never in the middle of a tool call.',
  },
} as const satisfies Record<Safeguard, { label: string; note: string }>

/** What stands between a failing provider and the client. */
export function SafeguardsSection({ form }: { form: EditorForm }) {
  const { draft, change, isReadOnly } = form
  const toggle = (name: Safeguard, isOn: boolean) =>
    change({ safeguards: { ...draft.safeguards, [name]: { ...draft.safeguards[name], isOn } } })
  return (
    <Panel
      title="Safeguards"
      note="What is thrown away counts for the endpoint, and in what the request costs."
    >
      <div className="flex flex-col gap-4 px-4 pb-4 sm:px-5 sm:pb-5">
        {SAFEGUARDS.map((name) => (
          <SwitchRow
            key={name}
            label={WORDS[name].label}
            note={WORDS[name].note}
            isOn={draft.safeguards[name].isOn}
            isDisabled={isReadOnly}
            onChange={(isOn) => toggle(name, isOn)}
          />
        ))}
      </div>
    </Panel>
  )
}
