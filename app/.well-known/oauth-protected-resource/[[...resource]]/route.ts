export {
  protectedResource as GET,
  protectedResource as HEAD,
  protectedResource as OPTIONS,
  protectedResource as POST,
  protectedResource as PUT,
  protectedResource as PATCH,
  protectedResource as DELETE,
} from '@/lib/endpoints/discovery'
