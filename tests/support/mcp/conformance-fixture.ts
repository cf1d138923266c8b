/** What `startPortico` preloads, so that the conformance suite finds the tools that it calls. */
export const fixturePreload = 'tests/conformance/fixture/preload.mjs'
