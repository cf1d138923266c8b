import { styled } from '@/components/ui/styled'

export const Label = styled('label', 'label', 'font-medium text-ink text-sm max-md:text-base')
