import { styled } from '@/components/ui/styled'

/** A key of the keyboard. */
export const Kbd = styled(
  'kbd',
  'kbd',
  'inline-flex h-5 min-w-5 items-center justify-center rounded-sm border bg-sunken px-1 font-mono text-2xs text-muted',
)
