import type { Home } from './home'
import type { Person } from './person'

/** What a driver has to do its work with. */
export type World = {
  /** the address that a person would paste */
  readonly mcpUrl: string
  /** a home that nobody else has; empty at a client's first start */
  readonly home: Home
  /** who sits at the machine */
  readonly person: Person
  /** the `node_modules` with the client's packages */
  readonly modules: string
}

/** How far a client went. */
export type Reached =
  /** it holds a token and has asked for nothing with it */
  | { readonly kind: 'signed in' }
  /** it listed the tools, or called one; `tools` as the client tells them, as far as it does */
  | { readonly kind: 'connected'; readonly tools: readonly string[] }
  /** the person said no, and it noticed; `said` is what it told them */
  | { readonly kind: 'denied'; readonly said: string }

/** A client that is driven as it is, and by what a person would do with it. */
export type Driver = {
  /** as its own makers call it; also the name of its folder in tests/clients/packages */
  readonly id: string
  /** the product that Portico has to see in it, as its list of handshakes has that */
  readonly surface: string
  /** what it calls itself when it registers, where the person who built it chooses that */
  readonly clientName?: string
  /**
   * Adds the server, signs in as far as the client wants that, and lists the tools or calls one where
   * it can without a model. One attempt: what it asks is one handshake.
   *
   * @throws {Error} with what the client printed, where it goes wrong in a way that is not `denied`
   */
  connect(world: World): Promise<Reached>
  /** Starts it once more in a home that holds its connection, and lets it use that. */
  again?(world: World): Promise<Reached>
}
