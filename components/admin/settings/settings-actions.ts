/** What the form of the settings shows after it was sent. */
export type SettingsState = {
  /** what was typed; absent before anything was sent, and once it is stored */
  readonly typed: Readonly<Record<string, string>> | null
  readonly problems: Readonly<Record<string, string>>
  readonly message: string | null
}

/** Changes the settings. */
export type SaveAction = (state: SettingsState, form: FormData) => Promise<SettingsState>

/** What became of the wish to end every connection. */
export type RevokeAllState = { readonly problem: string | null; readonly message: string | null }

/** Ends every connection. */
export type RevokeAllAction = (state: RevokeAllState, form: FormData) => Promise<RevokeAllState>
