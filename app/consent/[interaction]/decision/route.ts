import { withOperator } from '@/lib/auth/declared'
import { consentDecision } from '@/lib/endpoints/consent-decision'

const serve = withOperator(consentDecision)

export {
  serve as GET,
  serve as HEAD,
  serve as OPTIONS,
  serve as POST,
  serve as PUT,
  serve as PATCH,
  serve as DELETE,
}
