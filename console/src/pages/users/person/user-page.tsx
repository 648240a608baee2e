import './user.css'
import { Stack } from '@mantine/core'
import { ApiError } from '@sudigital/client'
import { useQuery } from '@tanstack/react-query'
import { Outlet, useParams } from '@tanstack/react-router'
import { isOfNothing } from '../../../client/ids.ts'
import { Page } from '../../../ui/page.tsx'
import { Failed, Loading } from '../../../ui/states.tsx'
import { Gone } from './gone/gone.tsx'
import { Head } from './head.tsx'
import { NotYours } from './not-yours.tsx'
import { Parts } from './parts.tsx'
import { SubjectProvider, subjectQuery } from './subject.ts'

/** Everything about one user, in parts. */
export function UserPage() {
  const { userId } = useParams({ from: '/console/users/$userId' })
  const { data, error, refetch } = useQuery(subjectQuery(userId))
  if (isOfNothing(error)) return <Gone key={userId} id={userId} />
  if (error instanceof ApiError && error.status === 403) return <NotYours />
  if (data === undefined) {
    return (
      <Page title="User">{error === null ? <Loading /> : <Failed error={error} retry={() => void refetch()} />}</Page>
    )
  }
  return (
    <SubjectProvider value={data} key={userId}>
      <Head>
        <Stack gap="lg">
          <Parts />
          <Outlet />
        </Stack>
      </Head>
    </SubjectProvider>
  )
}
