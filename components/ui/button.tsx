import type { VariantProps } from 'class-variance-authority'
import type { ComponentProps } from 'react'
import { buttonVariants } from '@/components/ui/button-variants'
import { cn } from '@/components/ui/cn'

export { buttonVariants }

type ButtonProps = ComponentProps<'button'> & VariantProps<typeof buttonVariants>

/** A button; `type` defaults to `button`, so that none submits by accident. */
export function Button({ className, variant, size, type = 'button', ...props }: ButtonProps) {
  const looks = cn(buttonVariants({ variant, size }), className)
  return <button data-slot="button" type={type} className={looks} {...props} />
}
