/** JSON text with one value a line; null when the text is no JSON and can only be shown as it is. */
export function prettyJson(text: string): string | null {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return null
  }
}
