import { decidingAttempt, type RequestRecord } from '../records/request-record'

/** The columns of the matrix in lib/formats/README.md. */
const COLUMNS: readonly (readonly [title: string, isKnown: (record: RequestRecord) => boolean])[] = [
  ['model', (record) => !record.model.endsWith('/unknown')],
  ['asked', (record) => record.requestedModel !== null],
  ['provider', (record) => decidingAttempt(record).provider !== null],
  ['tokens', (record) => record.promptTokens !== null && record.completionTokens !== null],
  ['cached', (record) => record.cachedTokens !== null],
  ['written', (record) => record.cacheWriteTokens !== null],
  ['reasoning', (record) => record.reasoningTokens !== null],
  ['cost', (record) => record.costSource === 'reported'],
  ['finish', (record) => record.finishReason !== null],
  ['stream', (record) => record.stream !== null],
  ['first token', (record) => decidingAttempt(record).timeToFirstTokenMs !== null],
  ['offered', (record) => record.toolsOffered !== null],
  ['called', (record) => (record.toolCalls ?? []).length > 0],
  ['caller', (record) => record.callerKind === 'agentic'],
  ['session', (record) => record.sessionId !== null],
  ['user', (record) => record.endUser !== null],
  ['error', (record) => decidingAttempt(record).errorClass !== null],
  ['status', (record) => (decidingAttempt(record).httpStatus ?? 200) !== 200],
]

/** The matrix of lib/formats/README.md: a row for each emitter, in how many of its requests a field is known. */
export function fieldMatrix(
  emitters: readonly { emitter: string; records: readonly RequestRecord[] }[],
): string {
  const rows = emitters.map(({ emitter, records }) => {
    const cells = COLUMNS.map(([, isKnown]) => records.filter(isKnown).length || '')
    return [emitter, records.length, ...cells]
  })
  const head = ['emitter', 'requests', ...COLUMNS.map(([title]) => title)]
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}
