import { listOperators } from '@/lib/admin/people/people'

export const GET = listOperators.download
