import type { UseCaseRequest } from '@/lib/records/use-case'

/** A request as somebody pastes it, to hold against rules. */
export type SampleInput = { app: string; tools: string; systemPrompt: string }

export const EMPTY_SAMPLE: SampleInput = { app: '', tools: '', systemPrompt: '' }

/** What rules see of a sample; null when nothing was pasted. What was left empty counts as not seen. */
export function requestOf(sample: SampleInput): UseCaseRequest | null {
  const toolNames = toolNamesOf(sample.tools)
  const request = {
    app: sample.app.trim() || null,
    toolNames: toolNames.length > 0 ? toolNames : null,
    systemPrompt: sample.systemPrompt.trim() || null,
  }
  return Object.values(request).every((value) => value === null) ? null : request
}

/** The tool names in a text, as people paste them: by line, comma or semicolon, with or without quotes. */
export function toolNamesOf(text: string): string[] {
  return text
    .split(/[\n,;]/)
    .map((name) => name.trim().replace(/^["'`]|["'`]$/g, ''))
    .filter((name) => name !== '')
}
