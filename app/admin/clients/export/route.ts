import { listEveryClient } from '@/lib/admin/clients/clients'

export const GET = listEveryClient.download
