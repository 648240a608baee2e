/** What the address of the settings says. */
export interface SettingsSearch {
  /** What is looked for among them. */
  readonly q?: string
}

const charactersMax = 100

/** Takes from an address what makes sense, and leaves the rest. */
export function readSettingsSearch({ q }: Record<string, unknown>): SettingsSearch {
  const text = typeof q === 'string' || typeof q === 'number' ? String(q).slice(0, charactersMax) : ''
  return text === '' ? {} : { q: text }
}
