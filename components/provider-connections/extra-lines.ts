/** Headers or query parameters as lines of `Name: value`, to edit. */
export function toLines(extras: Readonly<Record<string, string>>): string {
  return Object.entries(extras)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n')
}

/** The lines back as pairs; a line without a colon is a name without a value, which the contract judges. */
export function fromLines(lines: string): Record<string, string> {
  const pairs = lines.split('\n').flatMap((line) => {
    if (line.trim() === '') return []
    const colon = line.indexOf(':')
    return colon < 0
      ? [[line.trim(), ''] as const]
      : [[line.slice(0, colon).trim(), line.slice(colon + 1).trim()] as const]
  })
  return Object.fromEntries(pairs)
}
