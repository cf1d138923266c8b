'use client'
import { Check, Copy } from 'lucide-react'
import { type ComponentProps, useEffect, useState } from 'react'
import { Button } from '@/components/ui/button'
import { cn } from '@/components/ui/cn'

type CopyButtonProps = Omit<ComponentProps<typeof Button>, 'children' | 'onClick'> & {
  readonly value: string
  /** what is copied, such as `MCP address` */
  readonly what: string
  /** text beside the icon; without it the button is only an icon */
  readonly label?: string
}

/** Falls back to a selection where the clipboard API is missing, as on plain http. */
async function copy(text: string) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text)
  const area = document.createElement('textarea')
  area.value = text
  document.body.append(area)
  area.select()
  document.execCommand('copy')
  area.remove()
}

/** Copies a text to the clipboard and confirms it. */
export function CopyButton({ value, what, label, className, ...props }: CopyButtonProps) {
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), 1800)
    return () => clearTimeout(timer)
  }, [copied])
  const Icon = copied ? Check : Copy
  return (
    <Button
      data-copied={copied || undefined}
      aria-label={label ? undefined : `Copy ${what}`}
      title={label ? undefined : `Copy ${what}`}
      className={cn(copied && 'text-ok-ink', className)}
      onClick={() => copy(value).then(() => setCopied(true))}
      {...props}
    >
      <Icon aria-hidden />
      {label ? <span>{copied ? 'Copied' : label}</span> : null}
      <span role="status" className="sr-only">
        {copied ? `Copied ${what}` : ''}
      </span>
    </Button>
  )
}
