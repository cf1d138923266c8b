'use client'
import { createContext, type ReactNode, useContext, useMemo } from 'react'

const Locale = createContext('en')

/** Carries the reader's locale to the first render, so that both sides write the same numbers. */
export function LocaleProvider({ locale, children }: { locale: string; children: ReactNode }) {
  return <Locale value={locale}>{children}</Locale>
}

/** Writes numbers as the reader does. */
export function useNumber(options?: Intl.NumberFormatOptions): (value: number) => string {
  const locale = useContext(Locale)
  const { format } = useMemo(() => new Intl.NumberFormat(locale, options), [locale, options])
  return format
}

/** A number as the reader writes it. */
export function NumberText({ value }: { readonly value: number }) {
  return useNumber()(value)
}
