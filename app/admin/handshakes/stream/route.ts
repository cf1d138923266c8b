export { handshakeStream as GET } from '@/lib/admin/handshake-stream'
