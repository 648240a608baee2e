import { Stack } from '@mantine/core'
import { DataExport } from './data-export.tsx'
import { Deletion } from './deletion.tsx'
import { OwnActivity } from './own-activity.tsx'
import { OwnOrganizations } from './own-organizations.tsx'

/** What is kept of somebody, for themselves. */
export function OwnData() {
  return (
    <Stack gap="lg">
      <OwnOrganizations />
      <OwnActivity />
      <DataExport />
      <Deletion />
    </Stack>
  )
}
