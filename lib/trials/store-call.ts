import { storableText } from '../records/storable-text'
import type { TrialCall, TrialToolCall } from './schema'

/** JSON escapes that Postgres refuses in jsonb: NUL, and halves of characters. */
const UNSTORABLE = /\\u(0000|d[89a-f][0-9a-f]{2})/i

/** A call as the table `trial_call` takes it: texts that Postgres can keep, a schema only when it can. */
export function toStoredCall({ trialId, call }: { trialId: string; call: TrialCall }) {
  const { index, startedAt, toolCalls, ...rest } = call
  return {
    ...rest,
    trialId,
    callIndex: index,
    startedAt: new Date(startedAt),
    scenario: clean(call.scenario),
    generationId: cleanOrNull(call.generationId),
    provider: cleanOrNull(call.provider),
    model: cleanOrNull(call.model),
    errorMessage: cleanOrNull(call.errorMessage),
    finishReason: cleanOrNull(call.finishReason),
    toolCalls: toolCalls.map(toStoredToolCall),
  }
}

function toStoredToolCall({ name, arguments: given, verdict, detail, schema }: TrialToolCall) {
  return {
    name: clean(name),
    arguments: clean(given),
    verdict,
    detail: cleanOrNull(detail),
    ...(schema === undefined ? {} : { schema: storableJson(schema) }),
  }
}

function storableJson(value: unknown) {
  const text = JSON.stringify(value)
  return UNSTORABLE.test(text) ? null : JSON.parse(text)
}

function clean(text: string): string {
  return storableText(text, text.length)
}

function cleanOrNull(text: string | null): string | null {
  return text === null ? null : clean(text)
}
