import type { Role } from '@/lib/vocabulary'
import { joinScope, resourceScopes, type Scope, scopes, splitScope } from './scope'

/**
 * Scopes beyond the baseline. No metadata document lists them; a client requests one when a challenge
 * names it (MCP authorization, "Step-Up Authorization Flow"), and the role decides who may grant it.
 */
const granters = {
  'portico:observe': ['admin', 'operator'],
} as const satisfies Partial<Record<Scope, readonly Role[]>>

const granterRoles = (scope: string): readonly Role[] | undefined =>
  Object.hasOwn(granters, scope) ? granters[scope as keyof typeof granters] : undefined

const isHeld = (scope: string, role: Role): boolean => granterRoles(scope)?.includes(role) ?? true

/**
 * The scopes that a person's role allows: at consent what can be granted, later what is left of it
 * (RFC 6749 §3.3). Checked at every use, so that a demotion takes effect.
 */
export const heldScopes = (granted: readonly string[], role: Role): string[] =>
  granted.filter((scope) => isHeld(scope, role))

/** {@link heldScopes} of a scope string. */
export const heldScope = (granted: string, role: Role): string =>
  joinScope(heldScopes(splitScope(granted), role))

/** What {@link heldScope} leaves out. */
export const withheldScope = (granted: string, role: Role): string =>
  joinScope(splitScope(granted).filter((scope) => !isHeld(scope, role)))

/**
 * The scope of an `insufficient_scope` challenge: what the operation needs, the baseline, and what was
 * granted before, since clients older than 2026-07-28 replace their scope with it (MCP 2025-11-25
 * authorization, "Runtime Insufficient Scope Errors"). `offline_access` is no scope of a resource.
 */
export const challengeScope = (
  needed: Scope,
  granted: readonly string[],
): readonly [Scope, ...Scope[]] =>
  scopes
    .map(({ name }) => name)
    .filter(
      (scope) =>
        scope === needed ||
        resourceScopes.includes(scope) ||
        (scope !== 'offline_access' && granted.includes(scope)),
      // `needed` is always in the result
    ) as [Scope, ...Scope[]]
