import type { Permission } from '@sudigital/client'
import type { ReactNode } from 'react'
import { useMay, useMe, useOwnOrganizations } from '../session/session.tsx'
import { Page } from './page.tsx'
import { Failed, Forbidden, Loading } from './states.tsx'

interface NeedsProps {
  readonly permission: Permission
  /** Whether admins of an organization have it for what is theirs. */
  readonly organizations?: boolean | undefined
  /** Where all of a page is in it: the title of that page, for those who may not see it. */
  readonly title?: string
  readonly children: ReactNode
}

/** Draws what is in it for whoever may see it, and tells others why they may not. */
export function Needs({ permission, organizations = false, title, children }: NeedsProps) {
  const may = useMay()
  if (may(permission)) return children
  if (organizations) return <NeedsOrganization title={title}>{children}</NeedsOrganization>
  return <NotAllowed title={title} whom="admins" />
}

function NeedsOrganization({ title, children }: { readonly title: string | undefined; readonly children: ReactNode }) {
  const query = useOwnOrganizations()
  if (query.isPending) return <Loading />
  if (query.isError) return <Failed error={query.error} retry={() => void query.refetch()} />
  if (query.data.data.some(({ role }) => role === 'admin')) return children
  return <NotAllowed title={title} whom="admins, of the directory or of an organization" />
}

function NotAllowed({ title, whom }: { readonly title: string | undefined; readonly whom: string }) {
  const { role } = useMe()
  const forbidden = <Forbidden says={`It is for ${whom}, and your role is ${role}. Ask an admin if you need it.`} />
  return title === undefined ? forbidden : <Page title={title}>{forbidden}</Page>
}
