'use client'

import clsx from 'clsx'
import { Command } from 'cmdk'
import { Check, Plus, Search } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from './button'
import { Popover } from './popover'

export type PickerOption = {
  value: string
  /** Further words by which it is found. */
  keywords?: string[]
  content: ReactNode
}
export type PickerGroup = { heading: string; options: readonly PickerOption[] }

/** A button that opens a search over many things; choosing toggles one and keeps the list open for the next. */
export function SearchPicker({
  label,
  placeholder,
  groups,
  selected,
  emptyText,
  align = 'end',
  onToggle,
  onSearch,
}: {
  label: string
  placeholder: string
  groups: readonly PickerGroup[]
  selected: readonly string[]
  /** What stands there when nothing is found or there is nothing to find. */
  emptyText: ReactNode
  align?: 'start' | 'end'
  onToggle: (value: string) => void
  /** Told what is typed, where the options come from a search elsewhere. */
  onSearch?: (text: string) => void
}) {
  return (
    <Popover
      label={label}
      align={align}
      className="w-[30rem] overflow-hidden"
      trigger={(properties) => (
        <Button {...properties} size="small">
          <Plus aria-hidden="true" />
          {label}
        </Button>
      )}
    >
      <Command label={placeholder} loop>
        <div className="flex items-center gap-2 border-b px-3">
          <Search className="size-4 shrink-0 text-muted" aria-hidden="true" />
          <Command.Input
            ref={focusWhenOpened}
            placeholder={placeholder}
            {...(onSearch ? { onValueChange: onSearch } : {})}
            className="h-10 w-full bg-transparent outline-none placeholder:text-muted max-sm:text-[16px]"
          />
        </div>
        <Command.List className="max-h-72 overflow-y-auto p-1">
          <Command.Empty className="px-3 py-6 text-center text-muted">{emptyText}</Command.Empty>
          {groups
            .filter(({ options }) => options.length > 0)
            .map(({ heading, options }) => (
              <Command.Group
                key={heading}
                heading={heading}
                className="[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-muted"
              >
                {options.map(({ value, keywords, content }) => (
                  <PickerItem
                    key={value}
                    value={value}
                    keywords={keywords}
                    isChosen={selected.includes(value)}
                    onToggle={onToggle}
                  >
                    {content}
                  </PickerItem>
                ))}
              </Command.Group>
            ))}
        </Command.List>
      </Command>
    </Popover>
  )
}

function PickerItem({
  value,
  keywords,
  isChosen,
  onToggle,
  children,
}: {
  value: string
  keywords: string[] | undefined
  isChosen: boolean
  onToggle: (value: string) => void
  children: ReactNode
}) {
  return (
    <Command.Item
      value={value}
      {...(keywords ? { keywords } : {})}
      onSelect={() => onToggle(value)}
      className="flex cursor-pointer items-center gap-2 rounded-lg px-2 py-1.5 data-[selected=true]:bg-hover max-sm:py-2.5"
    >
      <Check aria-hidden="true" className={clsx('size-4 shrink-0 text-accent', !isChosen && 'invisible')} />
      <span className="min-w-0 flex-1">{children}</span>
      {isChosen ? <span className="sr-only">, chosen</span> : null}
    </Command.Item>
  )
}

/** The browser focuses what carries this attribute when a popover opens; React's property only acts at first. */
function focusWhenOpened(input: HTMLInputElement | null) {
  input?.setAttribute('autofocus', '')
}
