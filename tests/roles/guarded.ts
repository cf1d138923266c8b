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
  'account/connections': {
    listOwnConnections: 'member',
    readOwnConnection: 'member',
    listOwnHistory: 'member',
    revokeOwnConnection: 'member',
    pauseOwnConnection: 'member',
    renameOwnConnection: 'member',
  },
  'account/grant-changes': {
    revokeConnectionOf: 'inner',
    pauseConnectionOf: 'inner',
    cleanLabel: 'inner',
    renameConnectionOf: 'inner',
  },
  'account/history': {
    historyOf: 'inner',
  },
  'account/passkeys': {
    listPasskeys: 'member',
    beginPasskey: 'member',
    addPasskey: 'member',
    renamePasskey: 'member',
    removePasskey: 'member',
  },
  'account/password-fault': {
    passwordFault: 'member',
  },
  'account/profile': {
    readProfile: 'member',
    rename: 'member',
    changePassword: 'member',
  },
  'account/proof-fault': {
    readProofAsked: 'member',
    proofFault: 'member',
  },
  'account/remembered': {
    listRemembered: 'member',
    forgetRemembered: 'member',
  },
  'account/self': {
    changeSelf: 'member',
  },
  'account/sessions': {
    listOwnSessions: 'member',
    endOwnSession: 'member',
    endOtherSessions: 'member',
  },
  'account/two-step': {
    readTwoStep: 'member',
    beginEnrolment: 'member',
    confirmEnrolment: 'member',
    renewRecoveryCodes: 'member',
    switchOffTwoStep: 'member',
  },
  alerts: {
    readAlerts: 'viewer',
    testChannel: 'operator',
  },
  'approval-changes': {
    approveHeld: 'operator',
    denyHeld: 'operator',
  },
  approvals: {
    listApprovals: 'viewer',
    waitingApprovals: 'viewer',
    approvalCount: 'viewer',
  },
  attention: {
    readAttention: 'viewer',
  },
  audit: {
    listAudit: 'operator',
    readAuditPeople: 'operator',
  },
  'client-changes': {
    createClient: 'admin',
    disableClient: 'admin',
    enableClient: 'admin',
    removeClient: 'admin',
    rotateClientSecret: 'admin',
  },
  'client-cleanup': {
    countUnusedClients: 'admin',
    deleteUnusedClients: 'admin',
  },
  'client-page': {
    readClient: 'viewer',
    countConsequences: 'viewer',
  },
  clients: {
    toClientRow: 'inner',
    listClients: 'viewer',
    listEveryClient: 'viewer',
  },
  connect: {
    readConnect: 'viewer',
  },
  'connection-page': {
    readConnection: 'viewer',
    listConnectionHistory: 'viewer',
  },
  'connection-rows': {
    verifiedDomain: 'inner',
    toConnectionRow: 'inner',
  },
  connections: {
    listConnections: 'viewer',
    revokeConnection: 'operator',
    pauseConnection: 'operator',
    renameConnection: 'operator',
    changeConnections: 'operator',
  },
  'connections-health': {
    readRefreshNotes: 'viewer',
  },
  csv: {
    csvCell: 'inner',
  },
  danger: {
    revokeEverything: 'admin',
  },
  environment: {
    environmentRows: 'inner',
  },
  'event-rows': {
    toEventFilter: 'inner',
    toEventRows: 'inner',
  },
  exports: {
    exportConnections: 'viewer',
    exportOwnConnections: 'member',
    exportClients: 'viewer',
    exportTokens: 'viewer',
    exportAudit: 'operator',
    exportOperators: 'viewer',
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
  invites: {
    inviteOperator: 'admin',
    makePasswordLink: 'admin',
    withdrawLink: 'admin',
  },
  'holding-back': {
    readHoldingBack: 'viewer',
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
  'metadata-changes': {
    metadataChanges: 'inner',
  },
  'operator-changes': {
    disableOperator: 'admin',
    enableOperator: 'admin',
    changeOperatorRole: 'admin',
    switchOffCodes: 'admin',
  },
  operators: {
    listOperators: 'viewer',
    readOperator: 'viewer',
    listInvites: 'admin',
  },
  overview: {
    readOverview: 'viewer',
  },
  paging: {
    trailOf: 'inner',
    cursorAfter: 'inner',
    toPage: 'inner',
    searchText: 'inner',
    iso: 'inner',
  },
  search: {
    answerSearch: 'viewer',
  },
  'self-check': {
    readSelfCheck: 'viewer',
    repeatSelfCheck: 'operator',
  },
  sessions: {
    listSessions: 'viewer',
    endSession: 'operator',
  },
  standing: {
    watchStanding: 'inner',
  },
  settings: {
    readSettings: 'viewer',
    saveSettings: 'admin',
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
  'token-page': {
    readToken: 'viewer',
    revokeToken: 'operator',
  },
  tokens: {
    toTokenRow: 'inner',
    listTokens: 'viewer',
  },
  traffic: {
    beginningOf: 'inner',
    readTraffic: 'viewer',
  },
}

/** By the folder of its `actions.ts` below `app`. */
export const actions: Readonly<Record<string, Readonly<Record<string, Access>>>> = {
  account: {
    rename: 'member',
    changePassword: 'member',
    endSession: 'member',
    endOthers: 'member',
  },
  'account/passkey-actions': {
    beginMaking: 'member',
    add: 'member',
    renameOne: 'member',
    remove: 'member',
  },
  'account/two-step-actions': {
    begin: 'member',
    confirm: 'member',
    renew: 'member',
    switchOff: 'member',
  },
  'admin/alerts': {
    sendTest: 'operator',
  },
  'admin/approvals': {
    approve: 'operator',
    deny: 'operator',
  },
  'admin/clients': {
    create: 'admin',
    disable: 'admin',
    enable: 'admin',
    remove: 'admin',
    rotateSecret: 'admin',
    consequences: 'admin',
    countUnused: 'admin',
    deleteUnused: 'admin',
  },
  'admin/connections': {
    revoke: 'operator',
    pause: 'operator',
    resume: 'operator',
    rename: 'operator',
    changeAll: 'operator',
  },
  'admin/handshakes/[id]': {
    share: 'operator',
    withdraw: 'operator',
  },
  'admin/keys': {
    rotate: 'admin',
  },
  'admin/operators': {
    invite: 'admin',
    withdraw: 'admin',
    changeRole: 'admin',
    passwordLink: 'admin',
    disable: 'admin',
    enable: 'admin',
    withoutCodes: 'admin',
  },
  'admin/self-check': {
    checkAgain: 'operator',
  },
  'admin/sessions': {
    end: 'operator',
  },
  'admin/settings': {
    save: 'admin',
    revokeAll: 'admin',
  },
  'admin/tokens': {
    revoke: 'operator',
  },
  connections: {
    pause: 'owner',
    resume: 'owner',
    rename: 'owner',
    revoke: 'owner',
    forget: 'owner',
  },
  invite: {
    accept: 'stranger',
  },
  setup: {
    createFirstAdmin: 'stranger',
  },
}
