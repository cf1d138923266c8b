/** How much there is. */
export const amount = {
  events: 1_000_000,
  handshakes: 60_000,
  users: 500,
  audited: 20_000,
} as const

/** Ids and times of every handshake, from the kinds in `given`; those that connected make calls for the rest. */
const made = `
  create temp table made as
  with kind as (
    select given.*, jsonb_array_length(events) as steps,
      sum(share) over (order by place) - share as low, sum(share) over (order by place) as high
    from given
  ), mixed as (
    -- 37 shares no factor with 100, so that the kinds alternate
    select i, kind.* from generate_series(1, ${amount.handshakes}) as i
    join kind on i * 37 % 100 >= low and i * 37 % 100 < high
  ), rest as (
    select ${amount.events} - sum(steps) as calls,
      count(*) filter (where verdict = 'connected') as callers from mixed
  ), called as (
    select mixed.*, case when verdict <> 'connected' then 0 else
      rest.calls / callers
        + (row_number() over (partition by verdict order by i) <= rest.calls % callers)::int
      end as calls
    from mixed, rest
  )
  select i, place, surface, identification, era, verdict, stage, unused, steps, calls,
    (1 + sum(steps + calls) over (order by i) - steps - calls)::bigint as "firstId",
    now() - interval '10 minutes' - (${amount.handshakes} - i) * interval '43 s' as "startedAt",
    'user_' || i % ${amount.users} as "userId",
    'int_' || lpad(i::text, 22, '0') as "interactionId",
    'grant_' || lpad(i::text, 22, '0') as "grantId",
    -- a client that registers does so for a few attempts, one with a document has it for all
    case identification when 'dynamic' then 'client_' || lpad((i / 20)::text, 22, '0')
      else (select min(e ->> 'clientId') from jsonb_array_elements(events) as e) end as "clientId"
  from called;
  create temp table step as
  select place, n - 1 as n, (e ->> 'at')::bigint - (events -> 0 ->> 'at')::bigint as ms, row.*
  from given, jsonb_array_elements(events) with ordinality as each (e, n),
    jsonb_to_record(e) as row (name text, outcome text, method text, path text, status int,
      "durationMs" int, address text, network text, "userAgent" text, agent text, edge jsonb,
      "clientId" text, "interactionId" text, "grantId" text, "sessionId" text, "userId" text,
      detail jsonb);
  analyze made; analyze step`

/** Whoever takes part. */
const participants = `
  insert into "User" (id, email, role)
    select 'user_' || i, 'person' || i || '@example.com', 'member'
    from generate_series(0, ${amount.users - 1}) as i;
  insert into "Client" (id, kind, name, "redirectUris", "authMethod", "grantTypes", metadata)
    select distinct on ("clientId") "clientId",
      (case identification when 'dynamic' then 'dynamic' else 'metadata_document' end)::"ClientKind",
      'Claude', array['https://claude.ai/api/mcp/auth_callback'], 'none',
      array['authorization_code', 'refresh_token'], '{}'::jsonb
    from made order by "clientId";
  insert into "Grant" (id, "clientId", "userId", scope, resource, "createdAt", calls)
    select "grantId", "clientId", "userId", 'claudeai offline_access',
      'https://portico.example.com/mcp', "startedAt", calls
    from made
    where place in (select place from step where step."grantId" is not null)`

/** Where a step names a client, a person and so on, an event names those of its handshake. */
const events = `
  insert into "Event" (id, at, name, outcome, "requestId", method, path, status, "durationMs",
    address, network, "userAgent", agent, edge, "clientId", "interactionId", "grantId",
    "sessionId", "userId", detail)
  select made."firstId" + n, made."startedAt" + ms * interval '1 ms', name,
    coalesce(outcome, 'ok')::"Outcome", md5(i || '/' || n)::uuid::text, method, path, status,
    "durationMs", address, network, "userAgent", agent, edge,
    case when step."clientId" is not null then made."clientId" end,
    case when step."interactionId" is not null then made."interactionId" end,
    case when step."grantId" is not null then made."grantId" end, "sessionId",
    case when step."userId" is not null then made."userId" end, coalesce(detail, '{}')
  from made join step using (place)
  union all
  select made."firstId" + steps + c, made."startedAt" + c * interval '5 s' + interval '5 s', name,
    'ok', md5(i || '/call ' || c)::uuid::text, method, path, status, "durationMs", address, network,
    "userAgent", agent, edge, made."clientId", null, made."grantId", "sessionId", made."userId",
    detail
  from made join step using (place), generate_series(0, calls::int - 1) as c
  where name = 'mcp.called'`

/** How they were joined, and that all of them were. */
const handshakes = `
  insert into "Handshake" (id, surface, identification, era, "clientId", "clientName", "userId",
    "interactionId", "grantId", "startedAt", "lastAt", verdict, "verdictAt", stage, "connectedAt",
    unused, "changedAt")
  select 'hs_' || "firstId", surface, identification, era, "clientId", 'Claude', "userId",
    "interactionId", "grantId", "startedAt", "startedAt" + interval '3 s', verdict,
    "startedAt" + interval '15 s', stage,
    case when verdict = 'connected' then "startedAt" + interval '2 s' end, unused,
    "startedAt" + interval '15 s'
  from made;
  insert into "HandshakeEvent" ("eventId", "handshakeId", "toldAt")
  select "firstId" + n, 'hs_' || "firstId", "startedAt" + ms * interval '1 ms'
  from made join step using (place)`

/** What the grants were used for: two access tokens each, a chain of two refresh tokens, and sessions. */
const uses = `
  update "Grant" set "lastActiveAt" = "createdAt" + interval '1 hour'
    where calls > 0;
  update "Grant" set status = 'revoked', "revokedAt" = "createdAt" + interval '2 hours',
    "revokedReason" = 'person' where right(id, 1) = '7';
  update "Client" set "lastUsedAt" = "createdAt" where id in (select "clientId" from "Grant");
  insert into "AccessToken" (id, "grantId", "clientId", "userId", scope, resource, "issuedAt",
      "expiresAt", "firstUsedAt", "lastUsedAt", "revokedAt")
    select 'at_' || n || right(id, 22), id, "clientId", "userId", scope, resource,
      "createdAt" + n * interval '1 hour', "createdAt" + (n + 1) * interval '1 hour',
      case when calls > 0 then "createdAt" + n * interval '1 hour' end,
      case when calls > 0 then "createdAt" + n * interval '1 hour' end, "revokedAt"
    from "Grant", generate_series(0, 1) as n;
  insert into "RefreshToken" (id, "tokenHash", "grantId", "clientId", scope, "issuedAt", "expiresAt",
      "consumedAt", "revokedAt", "previousId")
    select 'rt_' || n || right(id, 22), md5(id || n) || md5(n || id), id, "clientId", scope,
      "createdAt" + n * interval '1 hour', "createdAt" + interval '30 days',
      case when n = 0 then "createdAt" + interval '1 hour' end, "revokedAt",
      case when n = 1 then 'rt_0' || right(id, 22) end
    from "Grant", generate_series(0, 1) as n;
  insert into "McpSession" (id, "idHash", "grantId", "protocolVersion", "clientName", initialize,
      "toolListHash", "startedAt", "lastSeenAt", requests, calls, "endedAt", "endedBy")
    select 'ms_' || right(id, 22), md5(id) || md5(id), id, '2025-11-25', 'claude-ai', '{}', 'none',
      "createdAt", "createdAt" + interval '1 hour', calls + 2, calls, "revokedAt",
      case when "revokedAt" is not null then 'operator'::"SessionEnd" end
    from "Grant" where calls > 0;
  insert into "GrantDay" ("grantId", day, calls)
    select id, ("createdAt" at time zone 'UTC')::date, calls from "Grant" where calls > 0;
  insert into "AuditEntry" (at, "userId", action, subject, address, detail)
    select "createdAt", 'user_' || n % ${amount.users}, 'grant.revoked', id, '192.0.2.1',
      '{"reason":"person"}'
    from (select *, row_number() over (order by "createdAt") as n from "Grant") as g
    where n <= ${amount.audited}`

/** What is to be executed, in this order. */
export const statements = { made, participants, events, handshakes, uses } as const
