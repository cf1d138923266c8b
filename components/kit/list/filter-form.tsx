'use client'
import { useRouter } from 'next/navigation'
import { type FormEvent, type ReactNode, useEffect, useRef, useTransition } from 'react'
import { cn } from '@/components/ui/cn'
import { hrefOf } from './hrefs'

const TYPING_MS = 280

function hrefOfForm(form: HTMLFormElement): string {
  const entries = [...new FormData(form)].flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value.trim()] as const] : [],
  )
  return hrefOf(new URL(form.action).pathname, Object.fromEntries(entries))
}

type FilterFormProps = {
  readonly path: string
  readonly children: ReactNode
  readonly className?: string
}

/**
 * A GET form whose fields become the query of `path`. With JavaScript it submits while the user
 * types and leaves empty fields out of the URL; without, it is an ordinary form.
 */
export function FilterForm({ path, children, className }: FilterFormProps) {
  const router = useRouter()
  const [pending, start] = useTransition()
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])

  function apply(form: HTMLFormElement, afterMs: number) {
    clearTimeout(timer.current)
    const go = () => start(() => router.replace(hrefOfForm(form), { scroll: false }))
    timer.current = setTimeout(go, afterMs)
  }
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    apply(event.currentTarget, 0)
  }
  function change(event: FormEvent<HTMLFormElement>) {
    apply(event.currentTarget, event.target instanceof HTMLInputElement ? TYPING_MS : 0)
  }
  return (
    <search className={cn('max-md:contents', className)}>
      <form
        action={path}
        onSubmit={submit}
        onChange={change}
        data-pending={pending || undefined}
        aria-busy={pending}
        className="group flex flex-wrap items-center gap-2 max-md:contents"
      >
        {children}
        <noscript>
          <button type="submit" className="h-8 rounded-md border bg-surface px-3 text-sm">
            Apply
          </button>
        </noscript>
      </form>
    </search>
  )
}
