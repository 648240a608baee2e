import { Page } from '../../../ui/page.tsx'

export function Users() {
  return <Page title="Users">{null}</Page>
}
