import { listOperators } from '@/lib/admin/operators'

export const GET = listOperators.download
