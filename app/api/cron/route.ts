export { cron as GET, cron as HEAD, cron as OPTIONS, cron as POST } from '@/lib/server/cron'

export const maxDuration = 60
