/**
 * Text cut to `maxLength` characters as Postgres can keep it, in text and in JSON alike: without NUL, and with a
 * character that the cut (or the sender) broke in half replaced by U+FFFD.
 */
export function storableText(text: string, maxLength: number): string {
  return text.slice(0, maxLength).replaceAll('\0', '').toWellFormed()
}
