'use client'
import { GeistMono } from 'geist/font/mono'
import { GeistSans } from 'geist/font/sans'
import { Fault } from '@/components/fault'
import { SinglePage } from '@/components/stage'
import './globals.css'

/** Replaces the whole document, so it has its own styles; the theme is the system's. */
export default function GlobalError({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <html lang="en" className={`${GeistSans.variable} ${GeistMono.variable}`}>
      <body className="font-sans">
        <title>Something failed · Portico</title>
        <SinglePage>
          <Fault error={error} retry={retry} />
        </SinglePage>
      </body>
    </html>
  )
}
