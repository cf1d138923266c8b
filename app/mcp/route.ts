export {
  mcp as GET,
  mcp as HEAD,
  mcp as OPTIONS,
  mcp as POST,
  mcp as PUT,
  mcp as PATCH,
  mcp as DELETE,
} from '@/lib/endpoints/mcp'
