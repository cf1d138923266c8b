'use client'
import { useEffect, useId, useRef } from 'react'
import { Input } from '@/components/ui/input'
import { Label } from '@/components/ui/label'

type FilterInputProps = {
  readonly name: string
  readonly label: string
  readonly placeholder: string
  readonly value: string | undefined
}

/** A text field of a filter form, with its label above. */
export function FilterInput({ name, label, placeholder, value = '' }: FilterInputProps) {
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  // A link that removes a filter changes the query without the field.
  useEffect(() => {
    const field = input.current
    if (field && document.activeElement !== field) field.value = value
  }, [value])
  return (
    <span className="grid min-w-0 gap-1">
      <Label htmlFor={id}>{label}</Label>
      <Input
        ref={input}
        id={id}
        name={name}
        placeholder={placeholder}
        defaultValue={value}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        className="h-8 text-sm"
      />
    </span>
  )
}
