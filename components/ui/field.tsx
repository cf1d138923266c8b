import { CircleAlert } from 'lucide-react'
import { type ComponentProps, type ReactNode, useId } from 'react'
import { cn } from '@/components/ui/cn'
import { Input, inputClass } from '@/components/ui/input'
import { Label } from '@/components/ui/label'

/** The texts of a control. */
export type FieldText = {
  readonly label: string
  /** hint shown before typing */
  readonly hint?: string
  /** error message; marks the control as invalid */
  readonly problem?: string
}

type Notes = Omit<FieldText, 'label'>

/** Connects a control with its {@link FieldNotes} for assistive technology. */
export const describedByNotes = (id: string, { hint, problem }: Notes) => ({
  id,
  'aria-invalid': problem ? true : undefined,
  'aria-describedby':
    [hint && `${id}-hint`, problem && `${id}-problem`].filter(Boolean).join(' ') || undefined,
})

/** The hint and the error of a control, to be put below it. */
export function FieldNotes({ id, hint, problem }: Notes & { readonly id: string }) {
  return (
    <>
      {hint ? (
        <p id={`${id}-hint`} className="text-pretty text-muted text-xs max-md:text-sm">
          {hint}
        </p>
      ) : null}
      {problem ? (
        <p id={`${id}-problem`} className="flex gap-1.5 text-bad-ink text-sm">
          <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
          <span className="wrap-anywhere min-w-0">{problem}</span>
        </p>
      ) : null}
    </>
  )
}

type FrameProps = FieldText & {
  readonly id: string
  readonly isRequired?: boolean
  readonly className?: string
  readonly children: ReactNode
}

function Frame({ id, label, hint, problem, isRequired, className, children }: FrameProps) {
  return (
    <div data-slot="field" className={cn('grid gap-1.5', className)}>
      <Label htmlFor={id}>
        {label}
        {isRequired ? null : <span className="font-normal text-muted"> (optional)</span>}
      </Label>
      {children}
      <FieldNotes id={id} hint={hint} problem={problem} />
    </div>
  )
}

type Named<Props> = Omit<Props, 'id'> & FieldText & { readonly name: string }

/** A label, input, hint and error, connected for assistive technology. */
export function Field(props: Named<ComponentProps<typeof Input>>) {
  const { label, hint, problem, className, ...input } = props
  const id = useId()
  const fieldText = { label, hint, problem }
  return (
    <Frame id={id} isRequired={input.required} className={className} {...fieldText}>
      <Input {...describedByNotes(id, fieldText)} {...input} />
    </Frame>
  )
}

/** The same with several lines. */
export function LinesField(props: Named<ComponentProps<'textarea'>>) {
  const { label, hint, problem, className, ...area } = props
  const id = useId()
  const fieldText = { label, hint, problem }
  return (
    <Frame id={id} isRequired={area.required} className={className} {...fieldText}>
      <textarea
        data-slot="textarea"
        {...describedByNotes(id, fieldText)}
        {...area}
        className={cn(inputClass, 'h-auto py-2 max-md:h-auto')}
      />
    </Frame>
  )
}
