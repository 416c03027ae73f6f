/** A point in the stream: `version` of the state that a hub told, and which hub, because versions begin anew with each. */
export type EventId = { epoch: string; version: number }

/** As it stands in a stream's `id:` lines. */
export function formatEventId({ epoch, version }: EventId): string {
  return `${epoch}-${version}`
}

/** The point a browser says it has seen (`Last-Event-ID`); null when it says none or something that is none of ours. */
export function parseEventId(text: string | null): EventId | null {
  const [, epoch, version] = /^([0-9a-z]{1,40})-(\d{1,15})$/.exec(text ?? '') ?? []
  return epoch === undefined || version === undefined ? null : { epoch, version: Number(version) }
}
