export {
  authorizationServer as GET,
  authorizationServer as HEAD,
  authorizationServer as OPTIONS,
  authorizationServer as POST,
  authorizationServer as PUT,
  authorizationServer as PATCH,
  authorizationServer as DELETE,
} from '@/lib/endpoints/discovery'
