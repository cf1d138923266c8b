import type { VariantProps } from 'class-variance-authority'
import { ArrowRight, type LucideIcon } from 'lucide-react'
import Link from 'next/link'
import type { ComponentProps } from 'react'
import { buttonVariants } from '@/components/ui/button-variants'
import { styled } from '@/components/ui/styled'

type LinkButtonProps = ComponentProps<typeof Link> &
  VariantProps<typeof buttonVariants> & { readonly icon?: LucideIcon }

/** A link in the style of a button. */
export function LinkButton(props: LinkButtonProps) {
  const { variant, size, className, icon: Icon, children, ...link } = props
  return (
    <Link className={buttonVariants({ variant, size, className })} {...link}>
      {Icon ? <Icon aria-hidden /> : null}
      {children}
    </Link>
  )
}

/** Beside the title of a short list: the link to all of it. */
export function MoreLink({ href, children }: Pick<LinkButtonProps, 'href' | 'children'>) {
  return (
    <LinkButton href={href} variant="ghost" size="sm" className="-mr-2">
      {children}
      <ArrowRight aria-hidden />
    </LinkButton>
  )
}

/** A link within text. */
export const TextLink = styled(
  Link,
  'text-link',
  'text-accent-ink underline decoration-accent-line underline-offset-4 hover:decoration-current',
)
