import { withOperator } from '@/lib/auth/declared'
import { authorize } from '@/lib/endpoints/authorize'

const serve = withOperator(authorize)

export {
  serve as GET,
  serve as HEAD,
  serve as OPTIONS,
  serve as POST,
  serve as PUT,
  serve as PATCH,
  serve as DELETE,
}
