const MAX_PATTERN_LENGTH = 1000
const MAX_COUNTED_REPEAT = 1000
const COMPILE_STEPS_PER_CHARACTER = 64
/** V8 builds the set of a property's characters each time it compiles: up to half a millisecond. */
const COMPILE_STEPS_PER_PROPERTY = 15_000

/** At most `factor × length ** exponent` ways to match a text, each through at most `size` atoms of the pattern. */
export type PatternCost = { factor: number; exponent: number; size: number }

type Quantifier = { min: number; max: number; end: number }
type Scan = PatternCost & {
  hasTopLevelAlternative: boolean
  /** One entry per open group: its place in `size`, and whether it holds a quantifier or an alternative. */
  groups: { start: number; isComplex: boolean }[]
  /** What a quantifier would repeat now. */
  atom: 'none' | 'simple' | 'complex'
  atomSize: number
}

/**
 * What a backtracking engine needs at most for `pattern`; null when this rule cannot bound it. The rule: a repeated
 * group may hold neither a quantifier nor an alternative (else runs can be cut up in exponentially many ways), and
 * there are no look-arounds and no back references. What is left costs one factor of the length per unbounded
 * quantifier, one more when the pattern is not anchored at its start, and a constant per `?`, `|` and counted repeat.
 * Never throws; a malformed pattern may get any bound, compiling it is the caller's business. The need: callers write
 * these patterns, and V8's RegExp backtracks (OWASP, Regular expression Denial of Service).
 */
export function patternCost(pattern: string): PatternCost | null {
  if (pattern.length > MAX_PATTERN_LENGTH) return null
  const scan: Scan = {
    factor: 1,
    exponent: 0,
    size: 0,
    hasTopLevelAlternative: false,
    groups: [],
    atom: 'none',
    atomSize: 0,
  }
  let at = 0
  while (at < pattern.length) {
    const next = scanOne(pattern, at, scan)
    if (next === null) return null
    at = next
  }
  const isAnchored = pattern.startsWith('^') && !scan.hasTopLevelAlternative
  return { factor: scan.factor, exponent: scan.exponent + (isAnchored ? 0 : 1), size: scan.size }
}

/** An upper bound of the engine's steps on a text of `textLength` UTF-16 units. */
export function worstPatternSteps({ factor, exponent, size }: PatternCost, textLength: number): number {
  const length = Math.max(1, textLength)
  // An atom takes a character, but for the few that stand for a place in the text.
  return factor * length ** exponent * Math.max(1, Math.min(size, length + MAX_PATTERN_LENGTH))
}

/** What compiling costs, in the steps of a `CheckBudget`. */
export function patternCompileSteps(pattern: string): number {
  const properties = pattern.match(/\\p/gi)?.length ?? 0
  return COMPILE_STEPS_PER_CHARACTER * pattern.length + COMPILE_STEPS_PER_PROPERTY * properties
}

/** Reads one token and returns where the next one starts; null when the pattern cannot be bounded. */
function scanOne(pattern: string, at: number, scan: Scan): number | null {
  switch (pattern[at]) {
    case '\\':
      return scanEscape(pattern, at, scan)
    case '[':
      addAtom(scan)
      return endOfClass(pattern, at)
    case '(':
      return scanGroupStart(pattern, at, scan)
    case ')':
      return scanGroupEnd(at, scan)
    case '|':
      return scanAlternative(at, scan)
    default:
      return scanQuantifier(pattern, at, scan)
  }
}

function scanEscape(pattern: string, at: number, scan: Scan): number | null {
  const escaped = pattern[at + 1] ?? ''
  if (/[1-9k]/.test(escaped)) return null
  addAtom(scan)
  if (!/[pPu]/.test(escaped) || pattern[at + 2] !== '{') return at + 2
  const brace = pattern.indexOf('}', at)
  return brace === -1 ? null : brace + 1
}

function endOfClass(pattern: string, start: number): number | null {
  for (let at = start + 1; at < pattern.length; at++) {
    if (pattern[at] === '\\') at++
    else if (pattern[at] === ']') return at + 1
  }
  return null
}

function scanGroupStart(pattern: string, at: number, scan: Scan): number | null {
  scan.atom = 'none'
  scan.groups.push({ start: scan.size, isComplex: false })
  if (pattern[at + 1] !== '?') return at + 1
  if (pattern[at + 2] === ':') return at + 3
  const isNamed = pattern[at + 2] === '<' && pattern[at + 3] !== '=' && pattern[at + 3] !== '!'
  const nameEnd = isNamed ? pattern.indexOf('>', at) : -1
  return nameEnd === -1 ? null : nameEnd + 1
}

function scanGroupEnd(at: number, scan: Scan): number | null {
  const group = scan.groups.pop()
  if (group === undefined) return null
  scan.atom = group.isComplex ? 'complex' : 'simple'
  scan.atomSize = scan.size - group.start
  if (group.isComplex) markComplex(scan)
  return at + 1
}

function scanAlternative(at: number, scan: Scan): number {
  if (scan.groups.length === 0) scan.hasTopLevelAlternative = true
  scan.factor *= 2
  scan.atom = 'none'
  markComplex(scan)
  return at + 1
}

function scanQuantifier(pattern: string, at: number, scan: Scan): number | null {
  const quantifier = quantifierAt(pattern, at)
  if (quantifier === null) {
    addAtom(scan)
    return at + 1
  }
  if (quantifier.max > 1 && scan.atom === 'complex') return null
  const choices = quantifier.max - quantifier.min + 1
  if (choices > MAX_COUNTED_REPEAT) scan.exponent++
  else scan.factor *= choices
  scan.size += scan.atomSize * Math.max(0, quantifier.min - 1)
  scan.atom = 'none'
  markComplex(scan)
  return pattern[quantifier.end] === '?' ? quantifier.end + 1 : quantifier.end
}

function quantifierAt(pattern: string, at: number): Quantifier | null {
  const sign = pattern[at]
  if (sign === '*') return { min: 0, max: Number.POSITIVE_INFINITY, end: at + 1 }
  if (sign === '+') return { min: 1, max: Number.POSITIVE_INFINITY, end: at + 1 }
  if (sign === '?') return { min: 0, max: 1, end: at + 1 }
  if (sign !== '{') return null
  const counted = /^\{(\d+)(,?)(\d*)\}/.exec(pattern.slice(at, at + 40))
  if (counted === null) return null
  const min = Number(counted[1])
  const upper = counted[3] === '' ? Number.POSITIVE_INFINITY : Number(counted[3])
  return { min, max: counted[2] === '' ? min : upper, end: at + counted[0].length }
}

function addAtom(scan: Scan): void {
  scan.atom = 'simple'
  scan.atomSize = 1
  scan.size++
}

function markComplex(scan: Scan): void {
  const innermost = scan.groups.at(-1)
  if (innermost) innermost.isComplex = true
}
