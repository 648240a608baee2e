import { Page } from '../../../ui/page.tsx'

export function NewUserPage() {
  return <Page title="New user">{null}</Page>
}
