import type { z } from 'zod'
import { Refusal } from './scripted-provider'

/** What OpenAI says of the first thing that is wrong with a body. */
export function openaiRefusal({ issues: [issue] }: z.ZodError): Refusal {
  if (!issue) return new Refusal('Invalid request')
  const param = paramOf(issue.path)
  if (issue.code === 'unrecognized_keys') {
    const unknown = paramOf([...issue.path, issue.keys[0] ?? ''])
    return new Refusal(`Unknown parameter: '${unknown}'.`, { param: unknown, code: 'unknown_parameter' })
  }
  // Of a choice the words of its branches, which a reader of the report needs.
  const words = issue.code === 'invalid_union' ? JSON.stringify(issue.errors).slice(0, 600) : issue.message
  return new Refusal(`Invalid value for '${param}': ${words}`, { param, code: 'invalid_value' })
}

function paramOf(path: readonly PropertyKey[]): string {
  return path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`))
    .join('')
    .slice(1)
}
