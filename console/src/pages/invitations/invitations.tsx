import { Page } from '../../ui/page.tsx'

export function Invitations() {
  return <Page title="Invitations">{null}</Page>
}
