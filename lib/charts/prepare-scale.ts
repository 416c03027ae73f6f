import type { PreparedChart } from './prepare-series'

export const CHART_SCALES = ['linear', 'log', 'percent'] as const
export type ChartScale = (typeof CHART_SCALES)[number]

/**
 * How a chart is laid out: by a scale the reader chose, or as `lines` of measures that do not add up, such as
 * percentiles; `cropped` lines begin just below the lowest value, for shares that stay near 100 %.
 */
export type ChartLayout = ChartScale | 'lines' | 'cropped'

/** A chart ready to draw: what mark, which numbers, which axis. */
export type ScaledChart = {
  /** Sums are stacked columns; on a log axis lengths do not add up, so each entity is a line of its own. */
  mark: 'columns' | 'lines'
  /** How values are laid out along the vertical axis. */
  axis: 'linear' | 'log'
  /** Whether the numbers are shares of their column. */
  isShare: boolean
  /** `rows[bucket][series]`; null is a gap. */
  rows: (number | null)[][]
  domain: [number, number]
  ticks: number[]
}

const LINEAR_TICK_COUNT = 4
const MOST_LOG_TICKS = 6
/** A cropped axis spans at least this part of its values, so that noise does not look like a fall. */
const SMALLEST_SPAN = 0.01
const TICK_FACTORS = [1, 2, 2.5, 5, 10] as const

/** What is drawn of a chart in this layout: values, top of the axis and its ticks. Null stays a gap. */
export function prepareScale(chart: PreparedChart, layout: ChartLayout): ScaledChart {
  switch (layout) {
    case 'linear':
      return prepareLinear(chart)
    case 'percent':
      return preparePercent(chart)
    case 'log':
      return prepareLog(chart)
    case 'lines':
      return prepareLines(chart, 0)
    case 'cropped':
      return prepareLines(chart, lowestOf(chart))
    default:
      return assertNever(layout)
  }
}

function prepareLinear(chart: PreparedChart): ScaledChart {
  const totals = chart.totals.map((total) => total ?? 0)
  const ticks = linearTicks(Math.max(0, ...totals), { isWhole: totals.every(Number.isInteger) })
  return {
    mark: 'columns',
    axis: 'linear',
    isShare: false,
    rows: rowsOf(chart),
    domain: [0, ticks.at(-1) ?? 1],
    ticks,
  }
}

/** Shares of the column's total; a column without anything is a gap, not 0 %. */
function preparePercent(chart: PreparedChart): ScaledChart {
  const rows = rowsOf(chart).map((row, index) => {
    const total = chart.totals[index]
    return row.map((value) => (value === null || !total ? null : value / total))
  })
  return {
    mark: 'columns',
    axis: 'linear',
    isShare: true,
    rows,
    domain: [0, 1],
    ticks: [0, 0.25, 0.5, 0.75, 1],
  }
}

function prepareLog(chart: PreparedChart): ScaledChart {
  const rows = rowsOf(chart).map((row) => row.map((value) => (value !== null && value > 0 ? value : null)))
  const known = rows.flat().filter((value) => value !== null)
  const look = { mark: 'lines', axis: 'log', isShare: false, rows } as const
  if (known.length === 0) return { ...look, domain: [1, 10], ticks: [1, 10] }
  const ticks = logTicks(Math.min(...known), Math.max(...known))
  return { ...look, domain: [ticks[0] ?? 1, ticks.at(-1) ?? 10], ticks }
}

function prepareLines(chart: PreparedChart, lowest: number): ScaledChart {
  const rows = rowsOf(chart)
  const highest = Math.max(0, ...rows.flat().map((value) => value ?? 0))
  const ticks = lowest <= 0 ? linearTicks(highest) : croppedTicks(lowest, highest)
  return {
    mark: 'lines',
    axis: 'linear',
    isShare: false,
    rows,
    domain: [ticks[0] ?? 0, ticks.at(-1) ?? 1],
    ticks,
  }
}

/** 0 when nothing is known. */
function lowestOf(chart: PreparedChart): number {
  const known = rowsOf(chart)
    .flat()
    .filter((value) => value !== null)
  return known.length === 0 ? 0 : Math.min(...known)
}

/** 0 and a few round steps up to the first one at or above `highest`; of counts, `isWhole`, there is no half step. */
export function linearTicks(highest: number, { isWhole = false } = {}): number[] {
  if (highest <= 0) return [0, 1]
  const rough = isWhole ? Math.max(1, highest / LINEAR_TICK_COUNT) : highest / LINEAR_TICK_COUNT
  const magnitude = 10 ** Math.floor(Math.log10(rough))
  const steps = TICK_FACTORS.map((factor) => factor * magnitude)
  const step = steps.find((size) => size >= rough && (!isWhole || Number.isInteger(size))) ?? 10 * magnitude
  const count = Math.ceil(highest / step - 1e-9)
  return Array.from({ length: count + 1 }, (_, index) => index * step)
}

/** Round steps that span both values; one step wide when they are equal. */
function croppedTicks(lowest: number, highest: number): number[] {
  const steps = linearTicks(Math.max(highest - lowest, lowest * SMALLEST_SPAN))
  const step = steps[1] ?? 1
  const first = Math.max(0, Math.floor(lowest / step + 1e-9))
  const last = Math.max(first + 1, Math.ceil(highest / step - 1e-9))
  return Array.from({ length: last - first + 1 }, (_, index) => (first + index) * step)
}

/** Powers of ten around the values, thinned out when they span many. */
export function logTicks(lowest: number, highest: number): number[] {
  const first = Math.floor(Math.log10(lowest))
  const last = Math.max(first + 1, Math.ceil(Math.log10(highest)))
  const stride = Math.ceil((last - first) / (MOST_LOG_TICKS - 1))
  const count = Math.ceil((last - first) / stride)
  return Array.from({ length: count + 1 }, (_, index) => 10 ** (first + index * stride))
}

function rowsOf(chart: PreparedChart): (number | null)[][] {
  return chart.buckets.map((_, index) => chart.series.map((series) => series.values[index] ?? null))
}

function assertNever(value: never): never {
  throw new Error(`unknown layout ${String(value)}`)
}
