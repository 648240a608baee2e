import { notifications } from '@mantine/notifications'
import { forgetSent } from '../client/journal.ts'
import { queries } from '../client/queries.ts'
import { forgetTheme } from './preferred-theme.ts'

/** Leaves nothing of whoever was here for whoever comes next: neither what was asked and answered, nor what was typed, nor what they were told. */
export function forgetEverything(): void {
  queries.clear()
  forgetSent()
  notifications.clean()
  forgetTheme()
}
