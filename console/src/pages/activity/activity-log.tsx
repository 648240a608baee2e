import { Page } from '../../ui/page.tsx'

export function ActivityLog() {
  return <Page title="Activity">{null}</Page>
}
