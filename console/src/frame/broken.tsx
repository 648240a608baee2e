import { type ErrorComponentProps, useRouter } from '@tanstack/react-router'
import { Page } from '../ui/page.tsx'
import { Failed } from '../ui/states.tsx'

/** In place of a page that has met a fault, or could not be fetched. The rest of the console stays as it is. */
export function Broken({ error, reset }: ErrorComponentProps) {
  const router = useRouter()
  const retry = () => {
    reset()
    void router.invalidate()
  }
  return (
    <Page title="This page cannot be shown">
      <Failed error={error} retry={retry} />
    </Page>
  )
}
