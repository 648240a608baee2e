import { Button, Paper } from '@mantine/core'
import type { Invitation, Page } from '@sudigital/client'
import type { UseQueryResult } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Send } from 'lucide-react'
import { NumberedList } from '../../ui/numbered-list.tsx'
import { Empty } from '../../ui/states.tsx'
import { InvitationsTable } from './invitations-table.tsx'
import type { ChangeSearch, InvitationsSearch } from './search.ts'

interface InvitationsFoundProps {
  readonly query: UseQueryResult<Page<Invitation>>
  readonly search: InvitationsSearch
  readonly onChange: ChangeSearch
  /** Into which all of them are. */
  readonly organization?: string
}

/** A page of the invitations that match. */
export function InvitationsFound({ query, search, onChange, organization }: InvitationsFoundProps) {
  const { page = 1, ...filters } = search
  return (
    <Paper withBorder>
      <NumberedList
        query={query}
        label="Pages of invitations"
        page={page}
        onPage={(page) => onChange({ page })}
        padding="md"
        empty={
          <NoInvitations
            into={organization}
            isFiltered={Object.values(filters).some((filter) => filter !== undefined)}
            onAll={() => onChange({ state: '', email: '', organization: '' })}
          />
        }
      >
        {(invitations) => <InvitationsTable invitations={invitations} />}
      </NumberedList>
    </Paper>
  )
}

interface NoInvitationsProps {
  readonly into: string | undefined
  readonly isFiltered: boolean
  readonly onAll: () => void
}

function NoInvitations({ into, isFiltered, onAll }: NoInvitationsProps) {
  if (isFiltered) {
    return (
      <Empty title="No invitation matches" says="An address has to be typed whole, as it was invited.">
        <Button variant="default" mt="sm" onClick={onAll}>
          Show all
        </Button>
      </Empty>
    )
  }
  return (
    <Empty
      icon={Send}
      title="Nobody has been invited yet"
      says="Whoever you invite is mailed a link, and chooses a password with it."
    >
      <Button
        mt="sm"
        variant="default"
        renderRoot={(props) => (
          <Link to="/console/invitations/new" search={into === undefined ? {} : { organization: into }} {...props} />
        )}
      >
        Invite people
      </Button>
    </Empty>
  )
}
