export { exportHandshake as GET } from '@/lib/admin/handshake-exports'
