export {
  wellKnownMissed as GET,
  wellKnownMissed as HEAD,
  wellKnownMissed as OPTIONS,
  wellKnownMissed as POST,
  wellKnownMissed as PUT,
  wellKnownMissed as PATCH,
  wellKnownMissed as DELETE,
} from '@/lib/endpoints/discovery'
