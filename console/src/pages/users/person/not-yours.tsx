import { Anchor, Group } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useAdministered } from '../../../session/session.tsx'
import { Page } from '../../../ui/page.tsx'
import { Forbidden } from '../../../ui/states.tsx'

/** In place of a user whom whoever is signed in may not see. Admins of an organization see its members there, and no more of them. */
export function NotYours() {
  const administered = useAdministered()
  const says =
    administered.length === 0
      ? 'Administrators see the records of others. Yours is in your account.'
      : 'Administrators of the directory see this. Of those who belong to an organization of yours, you see what stands among its members.'
  return (
    <Page title="User">
      <Forbidden says={says} />
      <Group justify="center" gap="md">
        {administered.map(({ id, name }) => (
          <Anchor key={id} component={Link} to={`/console/organizations/${id}` as string}>
            Members of {name}
          </Anchor>
        ))}
        <Anchor component={Link} to="/console/account">
          Your account
        </Anchor>
      </Group>
    </Page>
  )
}
