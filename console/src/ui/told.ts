import { notifications } from '@mantine/notifications'
import { explain } from '../client/words.ts'

const closeButtonProps = { 'aria-label': 'Close' }

/** Says that something was done; it goes away by itself. */
export function tellDone(message: string): void {
  notifications.show({ message, color: 'green', withBorder: true, closeButtonProps })
}

/** Says what went wrong with something that stands nowhere on the page. It stays until it is closed. */
export function tellFailed(error: unknown): void {
  const { title, says } = explain(error)
  notifications.show({
    title,
    message: says,
    color: 'red',
    withBorder: true,
    autoClose: false,
    role: 'alert',
    closeButtonProps,
  })
}
