import { type JsonObject, numberOf, objectsOf, textOf, withoutUndefined } from '../../platform/json-value'
import { REASONING_FORMATS, type ReasoningFormat, type ReasoningPart } from '../hub'
import { joinReasoning } from '../sequence-blocks'

/** One entry of `reasoning_details`, and the part it is a piece of: entries of the same key belong together. */
export type ReasoningDetail = { key: string | null; piece: ReasoningPart }

/**
 * `reasoning_details` as OpenRouter documents it. Entries may be whole or pieces of a stream, which belong together by
 * `index` and type. Without a `format`, a signature or sealed data is Anthropic's, which alone has gone without; words
 * alone are nobody's.
 */
export function readDetails(details: unknown): ReasoningDetail[] {
  return objectsOf(details).flatMap((detail): ReasoningDetail[] => {
    const kind = KIND_OF_TYPE[textOf(detail.type) ?? '']
    if (kind === undefined) return []
    const signature = textOf(detail.signature) || null
    const piece: ReasoningPart = {
      type: 'reasoning',
      kind,
      text: textOf(detail[TEXT_FIELD[kind]]) ?? '',
      signature,
      id: textOf(detail.id),
      format: formatOf(detail.format, kind === 'encrypted' || signature !== null),
    }
    const index = numberOf(detail.index)
    return [{ key: index === null ? null : `${index} ${kind}`, piece }]
  })
}

/**
 * The reasoning of a whole message: its details with the pieces of each joined, otherwise `reasoning` or
 * `reasoning_content` in plain words.
 */
export function readReasoning(message: JsonObject): ReasoningPart[] {
  const parts: ReasoningPart[] = []
  const byKey = new Map<string, ReasoningPart>()
  for (const { key, piece } of readDetails(message.reasoning_details)) {
    const known = key === null ? continued(parts.at(-1), piece) : byKey.get(key)
    if (known) {
      joinReasoning(known, piece)
      continue
    }
    parts.push(piece)
    if (key !== null) byKey.set(key, piece)
  }
  const plain = plainReasoning(message)
  const hasWords = parts.some(({ kind, text }) => kind !== 'encrypted' && text !== '')
  return plain === '' || hasWords ? parts : [plainPart(plain), ...parts]
}

/** Entries without an index: words go on until their signature. */
function continued(last: ReasoningPart | undefined, piece: ReasoningPart): ReasoningPart | undefined {
  return piece.kind === 'text' && last?.kind === 'text' && last.signature === null ? last : undefined
}

/** Reasoning in plain words, by either of its two names; empty when there is none. */
export function plainReasoning(message: JsonObject): string {
  return textOf(message.reasoning) || textOf(message.reasoning_content) || ''
}

/** Reasoning of which only the words are known. */
export function plainPart(text: string): ReasoningPart {
  return { type: 'reasoning', kind: 'text', text, signature: null, id: null, format: 'unsigned' }
}

/** One entry of `reasoning_details` in OpenRouter's form; `index` counts the parts. */
export function writeDetail({ kind, text, signature, id, format }: ReasoningPart, index: number): JsonObject {
  return withoutUndefined({
    type: `reasoning.${kind}`,
    [TEXT_FIELD[kind]]: text,
    signature: kind === 'text' ? signature : undefined,
    id: id ?? undefined,
    format: format === 'unsigned' ? 'unknown' : format,
    index,
  })
}

const TEXT_FIELD = { text: 'text', summary: 'summary', encrypted: 'data' } as const
const KIND_OF_TYPE: Readonly<Record<string, ReasoningPart['kind']>> = {
  'reasoning.text': 'text',
  'reasoning.summary': 'summary',
  'reasoning.encrypted': 'encrypted',
}

function formatOf(format: unknown, isSigned: boolean): ReasoningFormat {
  const known = REASONING_FORMATS.find((one) => one === format)
  return known ?? (isSigned ? 'anthropic-claude-v1' : 'unsigned')
}
