import { styled } from '@/components/ui/styled'

export const Pagination = styled(
  'nav',
  'pagination',
  'flex items-center justify-between gap-3 text-muted text-sm',
  { 'aria-label': 'Pages' },
)
