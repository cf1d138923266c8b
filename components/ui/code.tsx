import { styled } from '@/components/ui/styled'

/** Inline code. */
export const Code = styled(
  'code',
  'code',
  'rounded-sm bg-sunken px-1 py-0.5 font-mono text-[0.92em]',
)
