import { Anchor } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { Door } from '../doors/door.tsx'
import { Page } from '../ui/page.tsx'
import { Empty } from '../ui/states.tsx'

const title = 'No such page'
const says = 'The address may have been mistyped, or the page was moved.'

/** In place of a page that there is not. */
export function Nowhere() {
  return (
    <Page title={title}>
      <Empty title="There is no page here" says={says}>
        <ToConsole />
      </Empty>
    </Page>
  )
}

/** In place of a door that there is not. */
export function NoDoor() {
  return (
    <Door title={title} says={says}>
      <ToConsole />
    </Door>
  )
}

function ToConsole() {
  return (
    <Anchor component={Link} to="/console">
      To the console
    </Anchor>
  )
}
