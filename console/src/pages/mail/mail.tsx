import { Page } from '../../ui/page.tsx'

export function Mail() {
  return <Page title="Mail">{null}</Page>
}
