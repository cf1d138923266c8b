'use client'
import { createContext, type ReactNode, useContext, useMemo } from 'react'

const Locale = createContext('en')

/** Passes the reader's locale to the first render, so that hydration matches. */
export function LocaleProvider({ locale, children }: { locale: string; children: ReactNode }) {
  return <Locale value={locale}>{children}</Locale>
}

/** Formats numbers in the reader's locale. */
export function useNumber(): (value: number) => string {
  const locale = useContext(Locale)
  return useMemo(() => new Intl.NumberFormat(locale).format, [locale])
}

/** A number in the reader's locale. */
export function NumberText({ value }: { readonly value: number }) {
  return useNumber()(value)
}
