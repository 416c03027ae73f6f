/**
 * US dollars as integer micro-USD, rounded half away from zero. Not a number and infinite stay what they are:
 * the caller's schema rejects them. Source of the definition: design.md §2, invariant 9.
 */
export function usdToMicroUsd(usd: number): number {
  // One ulp upwards undoes the binary error of amounts that end in exactly half a micro-dollar.
  const microUsd = Math.round(Math.abs(usd) * 1e6 * (1 + Number.EPSILON))
  return usd < 0 && microUsd !== 0 ? -microUsd : microUsd
}

/** Integer micro-USD as US dollars. Source of the definition: design.md §2, invariant 9. */
export function microUsdToUsd(microUsd: number): number {
  return microUsd / 1e6
}
