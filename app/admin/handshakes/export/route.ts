export { exportHandshakes as GET } from '@/lib/admin/handshakes/handshakes'
