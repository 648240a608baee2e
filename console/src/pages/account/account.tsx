import './account.css'
import { Box } from '@mantine/core'
import { Outlet } from '@tanstack/react-router'
import { nameOf, useMe } from '../../session/session.tsx'
import { Page } from '../../ui/page.tsx'
import { Picture } from '../../ui/person.tsx'
import { Parts } from './parts.tsx'

/** What somebody sees and does about their own account, in parts. */
export function Account() {
  const me = useMe()
  const name = nameOf(me)
  return (
    <Page
      title="Your account"
      before={<Picture person={me} size={52} />}
      says={name === me.email ? name : `${name} · ${me.email ?? ''}`}
    >
      <Parts />
      <Box maw={760}>
        <Outlet />
      </Box>
    </Page>
  )
}
