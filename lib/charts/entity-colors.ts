/** Number of colours in the chart palette; `app/globals.css` defines `--chart-1` to `--chart-16`. */
export const PALETTE_SIZE = 16

/** Entities whose meaning has a colour of its own; everything else gets one from the palette. */
const FIXED_COLORS: Readonly<Record<string, string>> = {
  other: 'var(--chart-other)',
  unknown: 'var(--chart-unknown)',
  agentic: 'var(--chart-agentic)',
  human: 'var(--chart-human)',
}

/**
 * A colour for each key. The colour belongs to the entity: it comes from the key's own hash, and a key that already
 * has one (`remembered`) keeps it. Only where two visible keys meet on one colour does the later one, in order of
 * key, move to the next free colour; so rank, sorting and live updates never repaint a chart.
 */
export function assignColors(
  keys: readonly string[],
  remembered: ReadonlyMap<string, string> = new Map(),
): Map<string, string> {
  const colors = new Map<string, string>()
  const taken = new Set<string>()
  const claim = (key: string, color: string) => {
    colors.set(key, color)
    taken.add(color)
  }
  const palette = [...new Set(keys)].filter((key) => fixedColor(key) === undefined).sort(compareKeys)
  for (const key of palette) {
    const color = remembered.get(key)
    if (color !== undefined && !taken.has(color)) claim(key, color)
  }
  for (const key of palette) {
    if (!colors.has(key)) claim(key, firstFreeColor(key, taken))
  }
  for (const key of keys) {
    const fixed = fixedColor(key)
    if (fixed !== undefined) colors.set(key, fixed)
  }
  return colors
}

function firstFreeColor(key: string, taken: ReadonlySet<string>): string {
  const preferred = hashKey(key) % PALETTE_SIZE
  for (let step = 0; step < PALETTE_SIZE; step++) {
    const color = paletteColor((preferred + step) % PALETTE_SIZE)
    if (!taken.has(color)) return color
  }
  return paletteColor(preferred)
}

function paletteColor(slot: number): string {
  return `var(--chart-${slot + 1})`
}

/** FNV-1a: stable across machines and versions, which a colour that belongs to an entity needs. */
function hashKey(key: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < key.length; index++) {
    hash = Math.imul(hash ^ key.charCodeAt(index), 0x01000193)
  }
  return hash >>> 0
}

function compareKeys(left: string, right: string): number {
  if (left === right) return 0
  return left < right ? -1 : 1
}

function fixedColor(key: string): string | undefined {
  return Object.hasOwn(FIXED_COLORS, key) ? FIXED_COLORS[key] : undefined
}
