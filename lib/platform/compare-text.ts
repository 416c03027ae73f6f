/** Negative, zero or positive as `a` comes before, with or after `b`: the same order on every machine and locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
