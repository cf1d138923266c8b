import { type ComponentProps, useId } from 'react'
import { cn } from '@/components/ui/cn'
import { describedByNotes, FieldNotes, type FieldText } from '@/components/ui/field'

type CheckboxProps = Omit<ComponentProps<'input'>, 'id' | 'type'> & FieldText

/** A native checkbox, submitted with its form, so that it needs no JavaScript. */
export function Checkbox({ label, hint, problem, className, ...input }: CheckboxProps) {
  const id = useId()
  const notes = { hint, problem }
  return (
    <div data-slot="checkbox" className={cn('flex gap-2.5 max-md:gap-3', className)}>
      <input
        type="checkbox"
        {...describedByNotes(id, notes)}
        className="mt-0.5 size-4 shrink-0 cursor-pointer accent-accent max-md:size-6"
        {...input}
      />
      <div className="grid min-w-0 gap-0.5">
        <label htmlFor={id} className="w-fit text-ink text-sm max-md:py-0.5 max-md:text-base">
          {label}
        </label>
        <FieldNotes id={id} {...notes} />
      </div>
    </div>
  )
}
