import type { Edit, TextForm } from './schema'

/** What an edit does to a request, in a few words that stand alone: "stream_options left out". */
export function describeEdit(edit: Edit): string {
  switch (edit.kind) {
    case 'drop':
      return `${edit.parameter} left out${edit.beside === undefined ? '' : ` beside ${edit.beside}`}`
    case 'rename':
      return `${edit.parameter} sent as ${edit.to}`
    case 'replace': {
      const pairs = Object.entries(edit.values).map(([from, to]) => `${from} sent as ${to}`)
      return `${edit.parameter} ${pairs.join(', ')}`
    }
    case 'shorten':
      return `${edit.parameter} shortened to ${edit.maxLength} characters`
    case 'cap':
      return `${edit.parameter} capped at ${edit.most.toLocaleString('en-US')}`
    case 'tool_names':
      return `tool names written in ${describeForm(edit.form)}`
    case 'call_ids':
      return `call ids written in ${describeForm(edit.form)}`
    case 'adaptive_thinking':
      return 'thinking sent as adaptive with an effort'
  }
}

function describeForm({ minLength, maxLength, extra }: TextForm): string {
  const length = minLength === maxLength ? `${maxLength}` : `at most ${maxLength}`
  const signs = extra === null || extra === '' ? '' : ` of letters, digits, ${[...extra].join(' ')}`
  return `${length} ${extra === '' ? 'letters and digits' : `characters${signs}`}`
}

/** What an edit is about: of two with the same key the later one counts. */
export function keyOfEdit(edit: Edit): string {
  return edit.kind === 'tool_names' || edit.kind === 'call_ids' || edit.kind === 'adaptive_thinking'
    ? edit.kind
    : `${edit.kind}:${edit.parameter}`
}
