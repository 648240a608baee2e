import type { Source } from '../../../bulk/bulk-draft.ts'
import { BulkEntry } from '../../../bulk/bulk-entry.tsx'
import { type Line, problemWithLine } from '../../../bulk/lines.ts'
import type { Column } from '../../../bulk/table.ts'
import { userColumns } from '../../new-users/columns.ts'
import type { ChoicesInHand } from './choices.ts'
import { ChoicesFields } from './choices-fields.tsx'
import { invitationParts, tryInvitations } from './send-invitations.ts'

const taken = new Set(['email', 'firstName', 'lastName', 'role'])
const columns: readonly Column[] = [
  ...userColumns.filter(({ name }) => taken.has(name)),
  { name: 'expiresInDays', label: 'Days to accept', alsoCalled: ['days', 'expires', 'validfor'] },
]

/** Many people to invite. */
export function ManyInvitations({ source, inHand }: { readonly source: Source; readonly inHand: ChoicesInHand }) {
  const { choices, needsOrganization } = inHand
  return (
    <BulkEntry
      source={source}
      undertaking={{
        kind: 'invitations',
        columns,
        words: {
          doing: 'Sending invitations',
          done: 'invited',
          action: (count) => `Invite ${count}`,
          file: 'refused-invitations.csv',
        },
        as: JSON.stringify(choices),
        pastedMax: 1_000,
        isMissing: needsOrganization && choices.organizationId === '' ? 'Choose an organization first.' : null,
        problemWith,
        noteOn: () => 'Each of them is sent a mail.',
        tryOut: (lines) => tryInvitations(lines, choices),
        partsOf: (lines) => invitationParts(lines, choices),
        changes: ['invitations', 'users'],
      }}
      choices={<ChoicesFields inHand={inHand} />}
    />
  )
}

function problemWith(line: Line): string | null {
  const { expiresInDays: days, role } = line.cells
  if (days !== undefined && !/^\d{1,2}$/.test(days)) return `“${days}” is no number of days from 1 to 90.`
  if (role !== undefined && !/^(admin|user|viewer)$/i.test(role)) return `“${role}” is no role: admin, user or viewer.`
  return problemWithLine(line)
}
