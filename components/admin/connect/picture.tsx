import type { ReactNode } from 'react'
import { cn } from '@/components/ui/cn'

/** The number of a step in a picture. */
function Mark({ step }: { step: number }) {
  return (
    <span className="ml-auto grid size-5 shrink-0 place-items-center rounded-full bg-accent font-semibold text-2xs text-on-accent">
      {step}
    </span>
  )
}

/** A drawn window. @param label its content, for screen readers */
export function Picture(props: Record<'label' | 'title', string> & { children: ReactNode }) {
  const { label, title, children } = props
  return (
    <div
      role="img"
      aria-label={label}
      className="select-none overflow-hidden rounded-lg border bg-canvas text-xs"
    >
      <div className="flex items-center gap-1.5 border-b bg-sunken px-3 py-2">
        {[1, 2, 3].map((dot) => (
          <span key={dot} className="size-2 rounded-full bg-line-strong" />
        ))}
        <span className="ml-2 truncate text-muted">{title}</span>
      </div>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-2 p-3">{children}</div>
    </div>
  )
}

type PictureMenuProps = {
  readonly items: readonly string[]
  readonly chosen: string
  readonly step: number
  readonly children: ReactNode
}

/** A menu at the left of a drawn window, and its content. */
export function PictureMenu({ items, chosen, step, children }: PictureMenuProps) {
  return (
    <div className="grid grid-cols-[minmax(0,2fr)_minmax(0,3fr)] gap-3">
      <div className="grid content-start gap-1">
        {items.map((item) => (
          <span
            key={item}
            className={cn(
              'flex min-h-6 items-center gap-1 rounded-md px-2',
              item === chosen ? 'bg-accent-soft font-medium text-accent-ink' : 'text-muted',
            )}
          >
            <span className="truncate">{item}</span>
            {item === chosen ? <Mark step={step} /> : null}
          </span>
        ))}
      </div>
      <div className="grid grid-cols-[minmax(0,1fr)] content-start gap-2">{children}</div>
    </div>
  )
}

/** A field of a drawn window. */
export function PictureField(props: Record<'label' | 'value', string> & { step?: number }) {
  const { label, value, step } = props
  return (
    <span className="grid grid-cols-[minmax(0,1fr)] gap-1">
      <span className="text-muted">{label}</span>
      <span
        className={cn(
          'flex min-h-7 items-center gap-1 rounded-md border bg-surface px-2 font-mono text-2xs',
          step && 'border-accent',
        )}
      >
        <span className="truncate">{value}</span>
        {step ? <Mark step={step} /> : null}
      </span>
    </span>
  )
}

/** A button of a drawn window. */
export function PictureButton({ label, step }: { label: string; step: number }) {
  return (
    <span className="flex min-h-7 items-center gap-2 rounded-md border border-accent bg-surface px-2 font-medium">
      {label}
      <Mark step={step} />
    </span>
  )
}

/** A drawn file or terminal. */
export function PictureLines({ lines, step }: { lines: readonly string[]; step: number }) {
  return (
    <span className="flex gap-2">
      <span className="grid min-w-0 flex-1 gap-0.5 font-mono text-2xs">
        {lines.map((line) => (
          <span key={line} className="truncate whitespace-pre">
            {line}
          </span>
        ))}
      </span>
      <Mark step={step} />
    </span>
  )
}
