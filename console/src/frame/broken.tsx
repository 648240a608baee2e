import { ConnectionError } from '@sudigital/client'
import { type ErrorComponentProps, useRouter } from '@tanstack/react-router'
import { isMissingPart } from '../client/missing-part.ts'
import { queries } from '../client/queries.ts'
import { meQuery } from '../session/session.tsx'
import { Page } from '../ui/page.tsx'
import { Failed } from '../ui/states.tsx'

/** In place of a page that has met a fault, or could not be fetched. The rest of the console stays as it is. */
export function Broken({ error, reset }: ErrorComponentProps) {
  const router = useRouter()
  const retry = async () => {
    if (isMissingPart(error)) return loadAnew()
    reset()
    await router.invalidate()
  }
  return (
    <Page title="This page cannot be shown">
      <Failed error={error} retry={() => void retry()} />
    </Page>
  )
}

/** A page never asks twice for a part that did not come; another load of it does. Where the server cannot be reached, that would leave nothing at all. */
async function loadAnew(): Promise<void> {
  const fault = await queries.fetchQuery({ ...meQuery, staleTime: 0 }).catch((error: unknown) => error)
  if (!(fault instanceof ConnectionError)) location.reload()
}
