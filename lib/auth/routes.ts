import 'server-only'
import type { Operator } from './operator'
import { currentOperator } from './session'

type SignedInRoute = (request: Request, operator: Operator | null) => Promise<Response>
type Route = (request: Request) => Promise<Response>

/** A route whose endpoint needs to know who is signed in. */
export const withOperator =
  (serve: SignedInRoute): Route =>
  async (request) =>
    serve(request, await currentOperator())
