import 'server-only'
import type { Operator } from './operator'
import { currentOperator } from './session'

type SignedInRoute = (request: Request, operator: Operator | null) => Promise<Response>
type Route = (request: Request) => Promise<Response>

/** A route that passes the signed-in operator to its endpoint. */
export const withOperator =
  (serve: SignedInRoute): Route =>
  async (request) =>
    serve(request, await currentOperator())
