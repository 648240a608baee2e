import { Badge, Button, Text } from '@mantine/core'
import type { Membership } from '@sudigital/client'
import { useMutation } from '@tanstack/react-query'
import { Building2 } from 'lucide-react'
import { useState } from 'react'
import { client } from '../../../client/client.ts'
import { queries } from '../../../client/queries.ts'
import { useFormats } from '../../../session/formats.ts'
import { useMe, useOwnOrganizations } from '../../../session/session.tsx'
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx'
import { Section } from '../../../ui/section.tsx'
import { Answered } from '../../../ui/states.tsx'
import { tellDone } from '../../../ui/told.ts'
import { ListItem } from '../list-item.tsx'
import { useLast } from '../use-last.ts'

/** What somebody belongs to, which they may leave. */
export function OwnOrganizations() {
  const query = useOwnOrganizations()
  const { date } = useFormats()
  const [leaving, setLeaving] = useState<Membership | null>(null)
  return (
    <Section title="Organizations" says="Whoever shares an organization with you sees your name.">
      <Answered query={query}>
        {({ data }) =>
          data.length === 0 ? (
            <Text size="sm" c="dimmed">
              You belong to none. Their admins invite people by mail.
            </Text>
          ) : (
            <ul className="account-list">
              {data.map((one) => (
                <ListItem
                  key={one.id}
                  icon={Building2}
                  title={
                    <>
                      {one.name}
                      <Badge variant="light" color={one.role === 'admin' ? 'grape' : 'blue'} tt="none">
                        {one.role}
                      </Badge>
                    </>
                  }
                  actions={
                    <Button
                      variant="default"
                      size="xs"
                      aria-label={`Leave ${one.name}`}
                      onClick={() => setLeaving(one)}
                    >
                      Leave
                    </Button>
                  }
                >
                  since {date(one.since)}
                </ListItem>
              ))}
            </ul>
          )
        }
      </Answered>
      <LeaveDialog organization={leaving} onClose={() => setLeaving(null)} />
    </Section>
  )
}

interface LeaveDialogProps {
  readonly organization: Membership | null
  readonly onClose: () => void
}

function LeaveDialog({ organization, onClose }: LeaveDialogProps) {
  const { id: ownId } = useMe()
  const shown = useLast(organization)
  const leave = useMutation({
    mutationFn: ({ id }: Membership) => client.organizations.members.remove(id, ownId),
    onSuccess: (_, { name }) => {
      onClose()
      tellDone(`You have left ${name}.`)
      return queries.invalidateQueries({ queryKey: ['me'] })
    },
  })
  return (
    <ConfirmDialog
      isOpen={organization !== null}
      onClose={() => {
        leave.reset()
        onClose()
      }}
      title={`Leave ${shown?.name ?? ''}?`}
      says="What you may do and see there ends at once. To come back, one of its admins has to invite you."
      verb="Leave"
      onConfirm={() => organization !== null && leave.mutate(organization)}
      isPending={leave.isPending}
      error={leave.error}
    />
  )
}
