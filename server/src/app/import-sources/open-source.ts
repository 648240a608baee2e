import { type Role, roles } from '../../core/permissions.ts'
import type { ImportSource, RoleMap } from './source.ts'

/** The products whose files are understood. */
export const importSources = ['keycloak', 'auth0', 'supabase', 'firebase', 'clerk'] as const
export type ImportSourceName = (typeof importSources)[number]

/** What some of them need besides their file. Each reads the whole of another one. */
export interface SourceNeeds {
  readonly roleMap: RoleMap
  /** Auth0's export of password hashes. */
  readonly passwords: (() => AsyncIterable<Buffer>) | null
  /** Firebase's `hash_config`. */
  readonly hashConfig: (() => Promise<string>) | null
}

/** What each is asked for is loaded then. */
export async function openImportSource(name: ImportSourceName, needs: SourceNeeds): Promise<ImportSource> {
  const { roleMap, passwords, hashConfig } = needs
  switch (name) {
    case 'keycloak':
      return (await import('./keycloak.ts')).keycloak({ roleMap })
    case 'auth0': {
      const { auth0, readAuth0Passwords } = await import('./auth0.ts')
      return auth0({ roleMap, passwords: passwords === null ? new Map() : await readAuth0Passwords(passwords()) })
    }
    case 'supabase':
      return (await import('./supabase.ts')).supabase({ roleMap })
    case 'firebase': {
      const { firebase, readFirebaseHashing } = await import('./firebase.ts')
      return firebase({ roleMap, hashing: readFirebaseHashing((await hashConfig?.()) ?? '') })
    }
    case 'clerk':
      return (await import('./clerk.ts')).clerk()
  }
}

/** `ours=theirs`; null for what is not that. */
export function parseRolePair(text: string): readonly [theirs: string, ours: Role] | null {
  const [, ours, theirs] = /^([a-z]+)=(.+)$/.exec(text) ?? []
  const role = roles.find((one) => one === ours)
  return role === undefined || theirs === undefined ? null : [theirs, role]
}
