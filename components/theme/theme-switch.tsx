'use client'

import { Monitor, Moon, Sun } from 'lucide-react'
import { useTheme } from 'next-themes'
import { Segmented } from '@/components/ui/segmented'
import { useIsMounted } from '@/components/ui/use-is-mounted'

const OPTIONS = [
  { value: 'light', label: <Sun className="size-3.5" aria-hidden="true" />, accessibleLabel: 'Light' },
  { value: 'dark', label: <Moon className="size-3.5" aria-hidden="true" />, accessibleLabel: 'Dark' },
  {
    value: 'system',
    label: <Monitor className="size-3.5" aria-hidden="true" />,
    accessibleLabel: 'Like the system',
  },
]

export function ThemeSwitch({ className }: { className?: string }) {
  const { theme, setTheme } = useTheme()
  const isMounted = useIsMounted()
  return (
    <Segmented
      label="Theme"
      options={OPTIONS}
      value={isMounted ? (theme ?? 'system') : ''}
      onChange={setTheme}
      {...(className ? { className } : {})}
    />
  )
}
