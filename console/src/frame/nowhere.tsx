import { Anchor } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { Page } from '../ui/page.tsx'
import { Empty } from '../ui/states.tsx'

export function Nowhere() {
  return (
    <Page title="No such page">
      <Empty title="There is no page here" says="The address may have been mistyped, or the page was moved.">
        <Anchor component={Link} to="/console">
          To the console
        </Anchor>
      </Empty>
    </Page>
  )
}
