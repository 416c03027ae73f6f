import type { Operation } from '../records/vocabulary'

const BY_PATH: readonly (readonly [RegExp, Operation])[] = [
  [/embed/i, 'embedding'],
  [/rerank/i, 'rerank'],
  [/moderation/i, 'moderation'],
  [/image/i, 'image'],
  [/audio|speech|transcription|translation/i, 'audio'],
  [/chat|messages|responses|generatecontent|converse/i, 'chat'],
  [/completion/i, 'completion'],
]

/** The operation that a provider's path or a gateway's name of it stands for; undefined when it says nothing. */
export function operationOfPath(path: string | undefined): Operation | undefined {
  return BY_PATH.find(([pattern]) => pattern.test(path ?? ''))?.[1]
}
