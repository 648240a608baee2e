import { Button, Group } from '@mantine/core'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { Plus } from 'lucide-react'
import { useMe } from '../../session/session.tsx'
import { Page } from '../../ui/page.tsx'
import { PickPerson } from '../../ui/pick-person.tsx'
import { NewToken } from './new-token.tsx'
import { TokenList } from './token-list.tsx'

const route = getRouteApi('/console/tokens')

/** What programs call with: one's own tokens, and those of whomever an admin picks. */
export function Tokens() {
  const { user, new: isNew = false } = route.useSearch()
  const me = useMe()
  const navigate = useNavigate({ from: '/console/tokens' })
  const isOwn = user === undefined || user === me.id
  return (
    <Page
      title="API tokens"
      says="What programs call with, in place of a password."
      actions={
        <Button
          leftSection={<Plus size={16} aria-hidden />}
          onClick={() => void navigate({ search: { new: true }, resetScroll: false })}
        >
          Make a token
        </Button>
      }
    >
      <Group>
        <PickPerson
          label="Whose tokens"
          placeholder="Yours"
          value={isOwn ? null : user}
          onPick={(id) =>
            void navigate({
              search: id === null || id === me.id ? {} : { user: id },
              replace: true,
              resetScroll: false,
            })
          }
        />
      </Group>
      <TokenList userId={isOwn ? me.id : user} isOwn={isOwn} />
      <NewToken opened={isNew} onClose={() => void navigate({ search: {}, replace: true, resetScroll: false })} />
    </Page>
  )
}
