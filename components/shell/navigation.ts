import {
  Bot,
  Boxes,
  ChartNoAxesColumn,
  FlaskConical,
  LayoutDashboard,
  type LucideIcon,
  Route,
  ScrollText,
  Server,
  Settings,
  Tags,
  Wrench,
} from 'lucide-react'
import type { UserRole } from '@/lib/access/schema'

type NavigationEntry = {
  href: '/' | `/${string}`
  label: string
  icon: LucideIcon
  /** Who sees it: everybody, people who are signed in, or those with one of the roles. */
  audience: 'everybody' | 'signed-in' | readonly UserRole[]
}

/** Every page of the product in the order of the menu. A page joins by getting a row here. */
const NAVIGATION: readonly NavigationEntry[] = [
  { href: '/', label: 'Overview', icon: LayoutDashboard, audience: 'signed-in' },
  { href: '/rankings', label: 'Rankings', icon: ChartNoAxesColumn, audience: 'everybody' },
  { href: '/models', label: 'Models', icon: Boxes, audience: 'signed-in' },
  { href: '/providers', label: 'Providers', icon: Server, audience: 'signed-in' },
  { href: '/agents', label: 'Agents', icon: Bot, audience: 'signed-in' },
  { href: '/tools', label: 'Tools', icon: Wrench, audience: 'signed-in' },
  { href: '/use-cases', label: 'Use cases', icon: Tags, audience: 'signed-in' },
  { href: '/logs', label: 'Logs', icon: ScrollText, audience: 'signed-in' },
  { href: '/presets', label: 'Presets', icon: Route, audience: 'signed-in' },
  { href: '/trials', label: 'Trials', icon: FlaskConical, audience: 'signed-in' },
  { href: '/settings', label: 'Settings', icon: Settings, audience: ['admin'] },
]

export function navigationFor(role: UserRole | null): readonly NavigationEntry[] {
  return NAVIGATION.filter(({ audience }) => {
    if (audience === 'everybody') return true
    if (role === null) return false
    return audience === 'signed-in' || audience.includes(role)
  })
}

/** Whether the menu entry is where the reader is: the page itself or one below it. */
export function isCurrent(href: string, pathname: string): boolean {
  return href === '/' ? pathname === '/' : pathname === href || pathname.startsWith(`${href}/`)
}
