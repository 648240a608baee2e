import type { OrganizationRole, Role } from '@sudigital/client'
import type { Line } from '../../../bulk/lines.ts'
import { cut, type Part, type Verdict } from '../../../bulk/run.ts'
import { verdictsOf } from '../../../bulk/verdicts.ts'
import { client } from '../../../client/client.ts'
import { onceKey } from '../../../client/once-key.ts'

/** What holds for everybody who is invited, unless a line says otherwise. */
export interface InvitationChoices {
  readonly role: Role
  readonly expiresInDays: number
  /** `''` for none. */
  readonly organizationId: string
  readonly organizationRole: OrganizationRole
}

type Sent = Parameters<typeof client.invitations.createMany>[0]
type Invitation = Exclude<Sent, string>['invitations'][number]

const atOnceMax = 200

/** An invitation with what a line says of somebody. */
export function invitationOf({ cells }: Pick<Line, 'cells'>, choices: InvitationChoices): Invitation {
  const { email = '', firstName, lastName, role, expiresInDays } = cells
  const { organizationId, organizationRole } = choices
  return {
    email,
    role: (role?.toLowerCase() ?? choices.role) as Role,
    expiresInDays: expiresInDays === undefined ? choices.expiresInDays : Number(expiresInDays),
    ...(firstName === undefined ? {} : { firstName }),
    ...(lastName === undefined ? {} : { lastName }),
    ...(organizationId === '' ? {} : { organizationId, organizationRole }),
  }
}

/** What would come of invitations. Nobody is written to. */
export async function tryInvitations(lines: readonly Line[], choices: InvitationChoices): Promise<Verdict[]> {
  const verdicts: Verdict[] = []
  for (let from = 0; from < lines.length; from += 1_000) {
    const invitations = lines.slice(from, from + 1_000).map((line) => invitationOf(line, choices))
    const { data } = await client.invitations.createMany({ invitations, dryRun: true })
    verdicts.push(...verdictsOf(data))
  }
  return verdicts
}

/** Invitations, ready to be sent. */
export function invitationParts(lines: readonly Line[], choices: InvitationChoices): Part[] {
  return cut(lines, atOnceMax).map((lines) => {
    const idempotencyKey = onceKey()
    return {
      lines,
      async send() {
        const invitations = lines.map((line) => invitationOf(line, choices))
        const { data } = await client.invitations.createMany({ invitations }, {}, { idempotencyKey })
        return verdictsOf(data)
      },
    }
  })
}
