/** What the operator decided, or left as it is, fit to show to an admin. */
export interface SettingShown {
  /** Of the environment variable. */
  readonly variable: string
  /** Under what it stands in the documentation. */
  readonly chapter: string
  readonly does: string
  /** Null where nothing is set, and where it is a secret. */
  readonly value: string | null
  readonly isSet: boolean
  readonly isSecret: boolean
}
