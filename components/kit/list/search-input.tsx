'use client'
import { LoaderCircle, Search } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { Input } from '@/components/ui/input'
import { Kbd } from '@/components/ui/kbd'

type SearchInputProps = {
  readonly label: string
  readonly placeholder: string
  readonly value: string | undefined
}

/** The search field of a list, named `q`; `/` focuses it. */
export function SearchInput({ label, placeholder, value = '' }: SearchInputProps) {
  const input = useRef<HTMLInputElement>(null)
  // A link such as "Clear filters" changes the query without the field.
  useEffect(() => {
    const field = input.current
    if (field && document.activeElement !== field) field.value = value
  }, [value])
  return (
    <span className="relative w-full min-w-0 md:w-72">
      <Search
        aria-hidden
        className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-muted group-data-pending:hidden"
      />
      <LoaderCircle
        aria-hidden
        className="absolute top-[calc(50%-0.5rem)] left-2.5 hidden size-4 animate-spin text-muted group-data-pending:block"
      />
      <Input
        ref={input}
        type="search"
        name="q"
        aria-label={label}
        placeholder={placeholder}
        defaultValue={value}
        autoComplete="off"
        spellCheck={false}
        data-search
        onKeyDown={(event) => event.key === 'Escape' && event.currentTarget.blur()}
        className="h-8 pr-8 pl-8.5 text-sm"
      />
      <Kbd className="pointer-events-none absolute top-1.5 right-1.5 max-md:hidden">/</Kbd>
    </span>
  )
}
