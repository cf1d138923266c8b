export { forgetStaleSession as GET } from '@/lib/auth/stale-session'
