import { listEveryClient } from '@/lib/admin/clients'

export const GET = listEveryClient.download
