import { headers } from 'next/headers'
import type { ReactNode } from 'react'
import { ThemeProvider } from '@/components/theme/theme-provider'
import { ClockProvider } from '@/components/ui/clock'
import { LocaleProvider } from '@/components/ui/locale'
import { readersLocale } from '@/lib/http/locale'

/** Adapts pages to the reader: theme, numbers and times. */
export async function Reader({ children }: { children: ReactNode }) {
  const sent = await headers()
  return (
    <LocaleProvider locale={readersLocale(sent.get('accept-language'))}>
      <ThemeProvider nonce={sent.get('x-nonce') ?? undefined}>
        <ClockProvider now={Date.now()}>{children}</ClockProvider>
      </ThemeProvider>
    </LocaleProvider>
  )
}
