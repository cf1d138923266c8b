import { styled } from '@/components/ui/styled'

/** A placeholder while content loads; say so in text beside it. */
export const Skeleton = styled('span', 'skeleton', 'block animate-pulse rounded-md bg-sunken', {
  'aria-hidden': true,
})
