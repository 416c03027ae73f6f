/** A slug for a name: “Tool Runner (EU)” becomes tool-runner-eu; empty when nothing of it can stay. */
export function slugOfName(name: string): string {
  return name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 63)
    .replaceAll(/^-+|-+$/g, '')
}
