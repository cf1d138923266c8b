import { GeistMono } from 'geist/font/mono'
import { GeistSans } from 'geist/font/sans'
import type { Metadata, Viewport } from 'next'
import { headers } from 'next/headers'
import type { ReactNode } from 'react'
import { ThemeScript } from '@/components/theme/theme-script'
import { started } from '@/lib/runtime/start-gate'
import './globals.css'

export const metadata: Metadata = {
  title: { default: 'Portico', template: '%s · Portico' },
  description: 'The front door for Claude connectors.',
  robots: { index: false, follow: false },
}

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#fafafb' },
    { media: '(prefers-color-scheme: dark)', color: '#0e0f13' },
  ],
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  await started()
  // from proxy.ts; the theme's script runs before Next's own
  const nonce = (await headers()).get('x-nonce') ?? undefined
  return (
    // the theme's script sets a class before hydration
    <html
      lang="en"
      className={`${GeistSans.variable} ${GeistMono.variable}`}
      suppressHydrationWarning
    >
      <body className="font-sans">
        <ThemeScript nonce={nonce} />
        {children}
      </body>
    </html>
  )
}
