export { logStream as GET } from '@/lib/admin/log/stream'

// seconds: a stream is open for longer than a page takes
export const maxDuration = 300
