export { handshakeStream as GET } from '@/lib/admin/handshake-stream'

// seconds: a stream is open for longer than a page takes
export const maxDuration = 300
