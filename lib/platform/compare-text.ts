/** Negative, zero or positive as `a` comes before, with or after `b`: the same order on every machine and locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** The order of names that people read: letter case does not matter, except between names that differ in nothing else. */
export function compareNames(a: string, b: string): number {
  return compareText(a.toLowerCase(), b.toLowerCase()) || compareText(a, b)
}
