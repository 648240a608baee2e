import { Stack } from '@mantine/core'
import { DetailsForm } from './details-form.tsx'
import { EmailForm } from './email-form.tsx'
import { OwnPicture } from './own-picture.tsx'

/** Who somebody is, as others see it. */
export function OwnProfile() {
  return (
    <Stack gap="lg">
      <OwnPicture />
      <DetailsForm />
      <EmailForm />
    </Stack>
  )
}
