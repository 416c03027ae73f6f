import type { Metadata, Viewport } from 'next'
import localFont from 'next/font/local'
import type { ReactNode } from 'react'
import { AppProviders } from '@/components/shell/app-providers'
import { AppShell } from '@/components/shell/app-shell'
import { currentViewer } from '@/lib/access/current-viewer.server'
import { readInstance } from '@/lib/access/instance.server'
import './globals.css'

const sans = localFont({
  src: '../node_modules/@fontsource-variable/geist/files/geist-latin-wght-normal.woff2',
  weight: '100 900',
  variable: '--font-geist-sans',
})
const mono = localFont({
  src: '../node_modules/@fontsource-variable/geist-mono/files/geist-mono-latin-wght-normal.woff2',
  weight: '100 900',
  variable: '--font-geist-mono',
  preload: false,
})

export const metadata: Metadata = {
  title: { default: 'Sightglass', template: '%s · Sightglass' },
  description:
    'A window on your LLM traffic: who uses which models, on which providers, and how well it works.',
}

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f9fafb' },
    { media: '(prefers-color-scheme: dark)', color: '#0c1012' },
  ],
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  const [viewer, instance] = await Promise.all([currentViewer(), readInstance()])
  return (
    <html lang="en" className={`${sans.variable} ${mono.variable}`} suppressHydrationWarning>
      <body className="font-sans">
        <AppProviders>
          <AppShell viewer={viewer} instance={instance}>
            {children}
          </AppShell>
        </AppProviders>
      </body>
    </html>
  )
}
