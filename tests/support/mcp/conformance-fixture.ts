/** Preloaded by `startPortico`, so that the conformance suite finds the tools it calls. */
export const fixturePreload = 'tests/conformance/fixture/preload.mjs'
