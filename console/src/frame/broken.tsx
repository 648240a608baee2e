import { useMutation } from '@tanstack/react-query'
import { type ErrorComponentProps, useRouter } from '@tanstack/react-router'
import { isMissingPart } from '../client/missing-part.ts'
import { loadAnew } from '../session/load-anew.ts'
import { Page } from '../ui/page.tsx'
import { Failed, Refused } from '../ui/states.tsx'

/** In place of a page that has met a fault, or could not be fetched. The rest of the console stays as it is. */
export function Broken({ error, reset }: ErrorComponentProps) {
  const router = useRouter()
  const anew = useMutation({ mutationFn: () => loadAnew() })
  const retry = () => {
    if (isMissingPart(error)) return anew.mutate()
    reset()
    void router.invalidate()
  }
  return (
    <Page title="This page cannot be shown">
      <Failed error={error} retry={retry} />
      <Refused error={anew.error} />
    </Page>
  )
}
