const SHORT_ID = 8

/** What a browser tab calls a trial: its preset at its version and the beginning of its id. */
export function trialTitle({
  id,
  preset,
  presetVersion,
}: {
  id: string
  preset: string
  presetVersion: number | null
}): string {
  const version = presetVersion === null ? '' : ` v${presetVersion}`
  return `Trial of @preset/${preset}${version} · ${id.slice(0, SHORT_ID)}`
}
