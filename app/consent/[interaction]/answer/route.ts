import { withOperator } from '@/lib/auth/declared'
import { consentAnswer } from '@/lib/endpoints/consent-answer'

const serve = withOperator(consentAnswer)

export {
  serve as GET,
  serve as HEAD,
  serve as OPTIONS,
  serve as POST,
  serve as PUT,
  serve as PATCH,
  serve as DELETE,
}
