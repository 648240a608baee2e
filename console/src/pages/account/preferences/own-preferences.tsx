import { Stack } from '@mantine/core'
import { Appearance } from './appearance.tsx'
import { NotificationChoices } from './notification-choices.tsx'
import { RegionForm } from './region-form.tsx'

/** How somebody likes it. Whatever is chosen holds at once. */
export function OwnPreferences() {
  return (
    <Stack gap="lg">
      <Appearance />
      <RegionForm />
      <NotificationChoices />
    </Stack>
  )
}
