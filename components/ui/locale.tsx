'use client'
import { createContext, type ReactNode, useContext, useMemo } from 'react'

const Locale = createContext('en')

/** Passes the reader's locale to the first render, so that hydration matches. */
export function LocaleProvider({ locale, children }: { locale: string; children: ReactNode }) {
  return <Locale value={locale}>{children}</Locale>
}

/** Formats numbers in the reader's locale. */
export function useNumber(options?: Intl.NumberFormatOptions): (value: number) => string {
  const locale = useContext(Locale)
  const { format } = useMemo(() => new Intl.NumberFormat(locale, options), [locale, options])
  return format
}

/** A number in the reader's locale. */
export function NumberText({ value }: { readonly value: number }) {
  return useNumber()(value)
}
