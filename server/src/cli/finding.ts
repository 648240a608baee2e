export interface Finding {
  readonly check:
    | 'settings'
    | 'keys'
    | 'directory'
    | 'encryption'
    | 'schema'
    | 'admins'
    | 'test users'
    | 'default admin'
    | 'passwords'
    | 'mail'
    | 'scanner'
    | 'passkeys'
    | 'clock'
    | 'disk'
    | 'integrity'
    | 'backup'
    | 'restore'
    | 'erasures'
  readonly state: 'fine' | 'attention' | 'broken'
  /** Whole sentences. */
  readonly says: string
}

export const fine = (check: Finding['check'], says: string): Finding => ({ check, state: 'fine', says })
export const attention = (check: Finding['check'], says: string): Finding => ({ check, state: 'attention', says })
export const broken = (check: Finding['check'], says: string): Finding => ({ check, state: 'broken', says })
