/**
 * Who may call what. Every exported function of `lib/admin` and every server action is named here;
 * one that is not fails the test.
 *
 * `inner`: asks nobody itself, and only its guarded neighbours call it. `stranger`: for somebody who
 * need not be signed in, whose proof is what the link says. `owner`: whoever's it is.
 */
export type Access = 'admin' | 'operator' | 'viewer' | 'member' | 'owner' | 'inner' | 'stranger'

/** By module of `lib/admin`. */
export const adminFunctions: Readonly<Record<string, Readonly<Record<string, Access>>>> = {
  alerts: {
    readAlerts: 'viewer',
    testChannel: 'operator',
  },
  'client-changes': {
    createClient: 'admin',
    disableClient: 'admin',
    enableClient: 'admin',
    removeClient: 'admin',
    rotateClientSecret: 'admin',
  },
  clients: {
    listClients: 'viewer',
  },
  connections: {
    toConnectionRow: 'inner',
    listConnections: 'viewer',
    revokeConnection: 'operator',
    pauseConnection: 'operator',
  },
  'connections-health': {
    readRefreshNotes: 'viewer',
  },
  'event-rows': {
    toEventFilter: 'inner',
    toEventRows: 'inner',
  },
  exports: {
    exportConnections: 'viewer',
    exportClients: 'viewer',
    exportTokens: 'viewer',
    exportSessions: 'viewer',
    exportHandshakes: 'viewer',
    exportLog: 'viewer',
  },
  findings: {
    findingsOf: 'inner',
  },
  'handshake-choices': {
    readHandshakeChoices: 'viewer',
  },
  'handshake-exports': {
    exportHandshake: 'viewer',
  },
  'handshake-id': {
    isHandshakeId: 'inner',
  },
  'handshake-of-event': {
    handshakeOfEvent: 'viewer',
  },
  'handshake-page': {
    reportContext: 'inner',
    readHandshakePage: 'viewer',
  },
  'handshake-rows': {
    toHandshakeFilter: 'inner',
    toHandshakeRows: 'inner',
    toStageViews: 'inner',
    toCompared: 'inner',
    toHandshakeEventRows: 'inner',
  },
  'handshake-stream': {
    handshakeStream: 'viewer',
  },
  'handshake-view': {
    viewHandshake: 'inner',
  },
  handshakes: {
    listHandshakes: 'viewer',
    readHandshake: 'viewer',
  },
  keys: {
    listKeys: 'viewer',
    rotateKeys: 'admin',
  },
  log: {
    listEvents: 'viewer',
  },
  'log-stream': {
    logStream: 'viewer',
  },
  overview: {
    readOverview: 'viewer',
  },
  paging: {
    trailOf: 'inner',
    toPage: 'inner',
    searchText: 'inner',
    iso: 'inner',
  },
  'self-check': {
    readSelfCheck: 'viewer',
    repeatSelfCheck: 'operator',
  },
  sessions: {
    listSessions: 'viewer',
    endSession: 'operator',
  },
  'shared-handshake': {
    readSharedHandshake: 'stranger',
  },
  shares: {
    listShares: 'viewer',
    createShare: 'operator',
    withdrawShare: 'operator',
  },
  sse: {
    sseEvent: 'inner',
    cursorOf: 'inner',
    eventStream: 'inner',
  },
  tokens: {
    listTokens: 'viewer',
  },
}

/** By the folder of its `actions.ts` below `app`. */
export const actions: Readonly<Record<string, Readonly<Record<string, Access>>>> = {
  'admin/alerts': {
    sendTest: 'operator',
  },
  'admin/clients': {
    create: 'admin',
    disable: 'admin',
    enable: 'admin',
    remove: 'admin',
    rotateSecret: 'admin',
  },
  'admin/connections': {
    revoke: 'operator',
    pause: 'operator',
    resume: 'operator',
  },
  'admin/handshakes/[id]': {
    share: 'operator',
    withdraw: 'operator',
  },
  'admin/keys': {
    rotate: 'admin',
  },
  'admin/self-check': {
    checkAgain: 'operator',
  },
  'admin/sessions': {
    end: 'operator',
  },
  setup: {
    createFirstAdmin: 'stranger',
  },
}
