import type { ComponentProps, ElementType } from 'react'
import { cn } from '@/components/ui/cn'

/**
 * An element with looks of its own, to which a `className` adds.
 *
 * @param slot value of `data-slot`, which names the element in the page
 * @param fixed props that every one of them has
 */
export function styled<Element extends ElementType>(
  element: Element,
  slot: string,
  looks: string,
  fixed: Partial<ComponentProps<Element>> = {},
) {
  const Styled: ElementType = element
  return (props: ComponentProps<Element>) => (
    <Styled data-slot={slot} {...fixed} {...props} className={cn(looks, props.className)} />
  )
}
