'use client'

import {
  type Announcements,
  closestCenter,
  DndContext,
  type DragEndEvent,
  KeyboardSensor,
  PointerSensor,
  useSensor,
  useSensors,
} from '@dnd-kit/core'
import {
  arrayMove,
  SortableContext,
  sortableKeyboardCoordinates,
  useSortable,
  verticalListSortingStrategy,
} from '@dnd-kit/sortable'
import { CSS } from '@dnd-kit/utilities'
import clsx from 'clsx'
import { GripVertical } from 'lucide-react'
import { type ReactNode, useId } from 'react'

/** A list whose order counts. Rows move by dragging their grip, or by Space and the arrow keys on it. */
export function SortableList({
  label,
  keys,
  nameOf = (key) => key,
  isReadOnly,
  onMove,
  children,
}: {
  label: string
  keys: readonly string[]
  /** What a row is called aloud, where its key says nothing to people. */
  nameOf?: (key: string) => string
  isReadOnly: boolean
  onMove: (keys: string[]) => void
  children: (key: string, index: number) => ReactNode
}) {
  const id = useId()
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 4 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  )
  const move = ({ active, over }: DragEndEvent) => {
    if (over === null || active.id === over.id) return
    onMove(arrayMove([...keys], keys.indexOf(String(active.id)), keys.indexOf(String(over.id))))
  }
  return (
    <DndContext
      id={id}
      sensors={sensors}
      collisionDetection={closestCenter}
      onDragEnd={move}
      accessibility={{ announcements: announce(keys, nameOf), screenReaderInstructions: INSTRUCTIONS }}
    >
      <SortableContext items={[...keys]} strategy={verticalListSortingStrategy}>
        <ol aria-label={label} className="flex flex-col gap-1.5">
          {keys.map((key, index) => (
            <SortableRow key={key} id={key} name={nameOf(key)} isReadOnly={isReadOnly}>
              {children(key, index)}
            </SortableRow>
          ))}
        </ol>
      </SortableContext>
    </DndContext>
  )
}

function SortableRow({
  id,
  name,
  isReadOnly,
  children,
}: {
  id: string
  name: string
  isReadOnly: boolean
  children: ReactNode
}) {
  const { attributes, listeners, setNodeRef, setActivatorNodeRef, transform, transition, isDragging } =
    useSortable({ id, disabled: isReadOnly })
  return (
    <li
      ref={setNodeRef}
      style={{ transform: CSS.Translate.toString(transform), transition }}
      className={clsx(
        'flex items-stretch rounded-lg border bg-surface',
        isDragging && 'relative z-10 shadow-raised',
      )}
    >
      {isReadOnly ? (
        <span className="w-3" />
      ) : (
        <button
          type="button"
          ref={setActivatorNodeRef}
          {...attributes}
          {...listeners}
          aria-label={`Move ${name}`}
          className="flex w-8 shrink-0 touch-none items-center justify-center rounded-l-lg text-muted hover:bg-hover hover:text-foreground active:cursor-grabbing max-sm:w-10"
        >
          <GripVertical className="size-4" aria-hidden="true" />
        </button>
      )}
      <div className="min-w-0 flex-1 py-1.5 pr-1.5">{children}</div>
    </li>
  )
}

const INSTRUCTIONS = {
  draggable:
    'Press Space to lift the row, the arrow keys to move it, Space to put it down, Escape to cancel.',
}

function announce(keys: readonly string[], nameOf: (key: string) => string): Announcements {
  const name = (id: string | number) => nameOf(String(id))
  const place = (id: string | number) => `place ${keys.indexOf(String(id)) + 1} of ${keys.length}`
  return {
    onDragStart: ({ active }) => `${name(active.id)} lifted from ${place(active.id)}.`,
    onDragOver: ({ active, over }) => (over ? `${name(active.id)} is over ${place(over.id)}.` : undefined),
    onDragEnd: ({ active, over }) =>
      over ? `${name(active.id)} put down at ${place(over.id)}.` : `${name(active.id)} put back.`,
    onDragCancel: ({ active }) => `${name(active.id)} put back.`,
  }
}
