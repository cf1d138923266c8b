export {
  introspect as GET,
  introspect as HEAD,
  introspect as OPTIONS,
  introspect as POST,
  introspect as PUT,
  introspect as PATCH,
  introspect as DELETE,
} from '@/lib/endpoints/introspect'
