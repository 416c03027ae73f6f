'use client'

import clsx from 'clsx'
import { type KeyboardEvent, memo, useState } from 'react'
import { formatDuration } from '@/lib/platform/format'
import { OUTCOME_LABELS } from '@/lib/trials/outcome-label'
import type { TrialCell } from '@/lib/trials/schema'
import { outcomeFill } from './outcome-look'

/** Up to here a cell is large enough for its provider's initial. */
export const MOST_WITH_LETTERS = 600

const LARGE = 'size-6 rounded-md'
const SMALL = 'size-2.5 rounded-sm'

/** Every call of a trial in order, coloured by its outcome; arrow keys move, Enter opens. */
export function CallGrid({
  planned,
  cells,
  onOpen,
}: {
  planned: number
  cells: readonly TrialCell[]
  onOpen: (index: number) => void
}) {
  const [current, setCurrent] = useState<number | null>(null)
  const byIndex = new Map(cells.map((cell) => [cell.index, cell]))
  const reachable = current !== null && byIndex.has(current) ? current : (cells[0]?.index ?? null)
  const places = Array.from({ length: planned }, (_, index) => ({ index, cell: byIndex.get(index) }))
  const hasLetters = planned <= MOST_WITH_LETTERS
  return (
    <fieldset
      className={clsx(
        'flex flex-wrap',
        hasLetters ? 'gap-0.75' : '-m-1 max-h-96 gap-0.5 overflow-y-auto p-1',
      )}
      onKeyDown={(event) => moveFocus(event, setCurrent)}
    >
      <legend className="sr-only">Every call in order</legend>
      {places.map(({ index, cell }) =>
        cell ? (
          <Cell
            key={index}
            cell={cell}
            isReachable={index === reachable}
            hasLetter={hasLetters}
            onOpen={onOpen}
          />
        ) : (
          <span
            key={index}
            aria-hidden="true"
            className={clsx('border border-dashed', hasLetters ? LARGE : SMALL)}
          />
        ),
      )}
    </fieldset>
  )
}

const Cell = memo(function Cell({
  cell,
  isReachable,
  hasLetter,
  onOpen,
}: {
  cell: TrialCell
  isReachable: boolean
  hasLetter: boolean
  onOpen: (index: number) => void
}) {
  const { index, outcome, provider, durationMs } = cell
  const label = `Call ${index + 1}: ${OUTCOME_LABELS[outcome]}, ${provider ?? 'no provider'}, ${formatDuration(durationMs)}`
  return (
    <button
      type="button"
      data-index={index}
      tabIndex={isReachable ? 0 : -1}
      aria-label={label}
      title={label}
      onClick={() => onOpen(index)}
      className={clsx(
        'flex items-center justify-center text-2xs font-semibold uppercase focus-visible:outline-offset-1',
        hasLetter ? LARGE : SMALL,
        outcomeFill(outcome),
      )}
    >
      {hasLetter ? <span aria-hidden="true">{provider?.slice(0, 1) ?? '–'}</span> : null}
    </button>
  )
})

function moveFocus(event: KeyboardEvent<HTMLElement>, onMove: (index: number) => void): void {
  const buttons = [...event.currentTarget.querySelectorAll<HTMLButtonElement>('button')]
  const at = event.target instanceof HTMLButtonElement ? buttons.indexOf(event.target) : -1
  const target = buttons[nextPlace({ key: event.key, at, buttons })]
  if (at === -1 || !target) return
  event.preventDefault()
  target.focus()
  onMove(Number(target.dataset.index))
}

function nextPlace({
  key,
  at,
  buttons,
}: {
  key: string
  at: number
  buttons: readonly HTMLButtonElement[]
}): number {
  const top = buttons[0]?.offsetTop
  const perRow = Math.max(1, buttons.filter((button) => button.offsetTop === top).length)
  switch (key) {
    case 'ArrowRight':
      return at + 1
    case 'ArrowLeft':
      return at - 1
    case 'ArrowDown':
      return at + perRow
    case 'ArrowUp':
      return at - perRow
    case 'Home':
      return 0
    case 'End':
      return buttons.length - 1
    default:
      return -1
  }
}
