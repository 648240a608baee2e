import type { OrganizationRole, Role } from '@sudigital/client'
import { useMay } from '../../../session/session.tsx'
import { useDraft } from '../../../ui/draft.ts'
import { useOrganizationChoices } from '../organization-choices.ts'
import type { InvitationChoices } from './send-invitations.ts'

/** An organization that was chosen where the address named another one is chosen there only. */
type Draft = InvitationChoices & { readonly chosenFor: string | undefined }

const usual: Draft = {
  role: 'user',
  expiresInDays: 7,
  organizationId: '',
  organizationRole: 'member',
  chosenFor: undefined,
}

const rolesOf = {
  all: [
    { value: 'user', label: 'User: looks after their own account' },
    { value: 'viewer', label: 'Viewer: sees their own account' },
    { value: 'admin', label: 'Admin: looks after everybody' },
  ],
} as const satisfies Record<string, readonly { value: Role; label: string }[]>

export const organizationRoles = [
  { value: 'member', label: 'Member' },
  { value: 'admin', label: 'Admin of the organization' },
] as const satisfies readonly { value: OrganizationRole; label: string }[]

/** What holds for whoever is invited, and what there is to choose from. Who is no admin of the directory invites into their organizations only. */
export function useInvitationChoices(into: string | undefined) {
  const mayInvite = useMay()('invitations:manage')
  const organizations = useOrganizationChoices()
  const [{ chosenFor, ...draft }, change] = useDraft('invitations-choices', usual)
  const wanted = chosenFor === into ? draft.organizationId : (into ?? '')
  const isOffered = organizations.some(({ value }) => value === wanted)
  const fallback = mayInvite ? '' : (organizations[0]?.value ?? '')
  const choices: InvitationChoices = { ...draft, organizationId: isOffered ? wanted : fallback }
  return {
    choices,
    choose: (part: Partial<InvitationChoices>) =>
      change('organizationId' in part ? { ...part, chosenFor: into } : part),
    organizations,
    needsOrganization: !mayInvite,
    roles: mayInvite ? rolesOf.all : rolesOf.all.filter(({ value }) => value !== 'admin'),
  }
}

export type ChoicesInHand = ReturnType<typeof useInvitationChoices>
