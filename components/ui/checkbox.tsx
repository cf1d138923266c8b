import { CircleAlert } from 'lucide-react'
import { type ComponentProps, useId } from 'react'
import { cn } from '@/components/ui/cn'

type CheckboxProps = Omit<ComponentProps<'input'>, 'id' | 'type'> & {
  readonly label: string
  /** description below the label */
  readonly hint?: string
  /** error message */
  readonly problem?: string
}

/** A native checkbox, submitted with its form, so that it needs no JavaScript. */
export function Checkbox({ label, hint, problem, className, ...input }: CheckboxProps) {
  const id = useId()
  const described = [hint && `${id}-hint`, problem && `${id}-problem`].filter(Boolean).join(' ')
  return (
    <div data-slot="checkbox" className={cn('flex gap-2.5 max-md:gap-3', className)}>
      <input
        id={id}
        type="checkbox"
        aria-invalid={problem ? true : undefined}
        aria-describedby={described || undefined}
        className="mt-0.5 size-4 shrink-0 cursor-pointer accent-accent max-md:size-6"
        {...input}
      />
      <div className="grid min-w-0 gap-0.5">
        <label htmlFor={id} className="w-fit text-ink text-sm max-md:py-0.5 max-md:text-base">
          {label}
        </label>
        {hint ? (
          <p id={`${id}-hint`} className="text-pretty text-muted text-xs max-md:text-sm">
            {hint}
          </p>
        ) : null}
        {problem ? (
          <p id={`${id}-problem`} className="flex gap-1.5 text-bad-ink text-sm">
            <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
            {problem}
          </p>
        ) : null}
      </div>
    </div>
  )
}
