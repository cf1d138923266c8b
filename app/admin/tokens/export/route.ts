import { listTokens } from '@/lib/admin/tokens'

export const GET = listTokens.download
