import { listTokens } from '@/lib/admin/tokens/tokens'

export const GET = listTokens.download
