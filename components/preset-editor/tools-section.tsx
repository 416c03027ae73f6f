'use client'

import { Button } from '@/components/ui/button'
import { Panel } from '@/components/ui/panel'
import { TextAreaField } from '@/components/ui/text-area-field'
import { checkTools } from '@/lib/presets/draft/check-tools'
import { toolIdentity } from '@/lib/presets/tool-identity'
import type { EditorForm } from './editor-form'

const EXAMPLE = JSON.stringify(
  [
    {
      type: 'function',
      function: {
        name: 'get_weather',
        description: 'The weather at a place.',
        parameters: {
          type: 'object',
          properties: { place: { type: 'string' } },
          required: ['place'],
        },
      },
    },
  ],
  null,
  2,
)

/** Tools that every request gets. */
export function ToolsSection({ form }: { form: EditorForm }) {
  const { draft, change, errorAt, isReadOnly } = form
  const checked = checkTools(draft.toolsText)
  const canFormat = checked.ok && checked.tools.length > 0
  return (
    <Panel title="Tools" note="Added to the request’s own tools; of two with one name the request’s wins.">
      <div className="flex flex-col gap-4 px-4 pb-4 sm:px-5 sm:pb-5">
        <TextAreaField
          label="Tool definitions"
          isCode
          value={draft.toolsText}
          onChange={(event) => change({ toolsText: event.target.value })}
          placeholder="A JSON array, as a request’s tools"
          error={errorAt('config.tools')}
          hint={checked.ok ? toolCount(checked.tools) : ''}
        />
        {isReadOnly ? null : (
          <div className="flex gap-2">
            {canFormat ? (
              <Button
                size="small"
                onClick={() => change({ toolsText: JSON.stringify(checked.tools, null, 2) })}
              >
                Tidy up
              </Button>
            ) : null}
            {draft.toolsText.trim() === '' ? (
              <Button size="small" onClick={() => change({ toolsText: EXAMPLE })}>
                Start from an example
              </Button>
            ) : null}
          </div>
        )}
      </div>
    </Panel>
  )
}

function toolCount(tools: readonly Record<string, unknown>[]): string {
  if (tools.length === 0) return 'None: requests bring their own.'
  const names = tools.map((tool) => toolIdentity(tool)?.replace(/^function /, '') ?? 'unnamed')
  return `${tools.length === 1 ? '1 tool' : `${tools.length} tools`}: ${names.join(', ')}`
}
