export {
  mcp as GET,
  mcp as HEAD,
  mcp as OPTIONS,
  mcp as POST,
  mcp as PUT,
  mcp as PATCH,
  mcp as DELETE,
} from '@/lib/endpoints/mcp'

// seconds: a stream stays open longer than a page takes
export const maxDuration = 300
