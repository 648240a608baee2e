import { Alert, Anchor, Badge, Group, Stack, Text, UnstyledButton } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { ArrowLeft, BadgeCheck, Eye } from 'lucide-react'
import type { ReactNode } from 'react'
import { nameOf } from '../../../session/session.tsx'
import { Page } from '../../../ui/page.tsx'
import { Picture, RoleBadge, StatusBadge, When } from '../../../ui/person.tsx'
import { Actions } from './actions/actions.tsx'
import { OpenDialog } from './actions/open-dialog.tsx'
import { useDialog } from './dialogs.ts'
import { useRights } from './rights.ts'
import { useSubject } from './subject.ts'

/** Who it is, and what can be done with them. */
export function Head({ children }: { readonly children: ReactNode }) {
  const { user } = useSubject()
  const { administers, reason } = useRights()
  const { show } = useDialog()
  return (
    <Stack gap="xs" maw={1040}>
      {administers && (
        <Anchor component={Link} to="/console/users" size="sm" style={{ alignSelf: 'flex-start' }}>
          <Group component="span" gap={4}>
            <ArrowLeft size={14} aria-hidden /> Users
          </Group>
        </Anchor>
      )}
      <Page
        title={nameOf(user)}
        before={
          <div className="user-picture">
            <Picture person={user} size={56} />
            <UnstyledButton aria-label="Picture" onClick={() => show('picture')} />
          </div>
        }
        says={<Facts />}
        actions={administers && <Actions />}
      >
        {reason !== null && (
          <Alert variant="light" color="gray" icon={<Eye aria-hidden />}>
            {reason}
          </Alert>
        )}
        {children}
      </Page>
      <OpenDialog />
    </Stack>
  )
}

/** Status, role, address, and when they were last here. */
function Facts() {
  const { user } = useSubject()
  return (
    <Group component="span" gap="6px 14px" mt={4}>
      <StatusBadge status={user.status} />
      <RoleBadge role={user.role} />
      <Address />
      <Text span size="sm">
        Last sign-in: <When at={user.lastLoginAt} />
      </Text>
    </Group>
  )
}

function Address() {
  const { user } = useSubject()
  if (user.email === null) {
    return (
      <Text span size="sm">
        No e-mail address
      </Text>
    )
  }
  return (
    <Group component="span" gap={6}>
      <Text span size="sm">
        {user.email}
      </Text>
      {user.emailVerified ? (
        <Badge
          component="span"
          variant="light"
          color="green"
          tt="none"
          leftSection={<BadgeCheck size={12} aria-hidden />}
        >
          verified
        </Badge>
      ) : (
        <Badge component="span" variant="light" color="yellow" tt="none">
          not verified
        </Badge>
      )}
    </Group>
  )
}
