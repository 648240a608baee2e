import { Select, SimpleGrid } from '@mantine/core'
import type { Role, Status } from '@sudigital/client'
import type { Source } from '../../bulk/bulk-draft.ts'
import { BulkEntry } from '../../bulk/bulk-entry.tsx'
import { useDraft } from '../../ui/draft.ts'
import { roleChoices, statusChoices } from './choices.ts'
import { problemWithUser, userColumns } from './columns.ts'
import { isMailed, listMax, tryUsers, type UserChoices, userParts } from './send-users.ts'

const usual: UserChoices = { role: 'user', status: 'pending' }

/** Many accounts at once. */
export function ManyUsers({ source }: { readonly source: Source }) {
  const [choices, choose] = useDraft('new-users-choices', usual)
  const { role, status } = choices
  return (
    <BulkEntry
      source={source}
      undertaking={{
        kind: 'new-users',
        columns: userColumns,
        words: { doing: 'Adding people', done: 'added', action: (count) => `Add ${count}`, file: 'refused-users.csv' },
        as: `${role} ${status}`,
        pastedMax: listMax,
        isMissing: null,
        problemWith: problemWithUser,
        noteOn: (lines) => noteOn(lines.filter((line) => isMailed(line, choices)).length, lines.length),
        tryOut: (lines) => tryUsers(lines, choices),
        partsOf: (lines) => userParts(lines, choices),
        changes: ['users', 'stats'],
      }}
      choices={
        <SimpleGrid cols={{ base: 1, sm: 2 }} maw={720}>
          <Select
            label="Role"
            description="Of everybody for whom the list names none."
            data={roleChoices}
            value={role}
            onChange={(value) => value !== null && choose({ role: value as Role })}
            allowDeselect={false}
          />
          <Select
            label="What they get"
            description="Where the list names no status."
            data={statusChoices}
            value={status}
            onChange={(value) => value !== null && choose({ status: value as Status })}
            allowDeselect={false}
          />
        </SimpleGrid>
      }
    />
  )
}

function noteOn(mailed: number, all: number): string {
  if (mailed === 0) return 'Nobody is sent a mail.'
  if (mailed === all) return 'Each of them is sent a mail.'
  return mailed === 1 ? 'One of them is sent a mail.' : `${mailed} of them are sent a mail.`
}
