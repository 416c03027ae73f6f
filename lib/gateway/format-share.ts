/** A share as reasons write it: 4.1%. */
export function formatShare(share: number): string {
  return `${(share * 100).toFixed(1)}%`
}
