'use client'
import { Switch as RadixSwitch } from 'radix-ui'
import { useId } from 'react'

type SwitchProps = {
  readonly label: string
  readonly checked: boolean
  readonly onCheckedChange: (checked: boolean) => void
}

/** A toggle that takes effect at once. */
export function Switch({ label, checked, onCheckedChange }: SwitchProps) {
  const id = useId()
  return (
    <div data-slot="switch" className="flex min-h-8 items-center justify-between gap-3 text-sm">
      <label htmlFor={id}>{label}</label>
      <RadixSwitch.Root
        id={id}
        checked={checked}
        onCheckedChange={onCheckedChange}
        className="relative h-5 w-9 rounded-full bg-line-strong data-[state=checked]:bg-accent"
      >
        <RadixSwitch.Thumb className="block size-4 translate-x-0.5 rounded-full bg-on-accent transition-transform data-[state=checked]:translate-x-4.5" />
      </RadixSwitch.Root>
    </div>
  )
}
