import { Navigate, Outlet, useRouterState } from '@tanstack/react-router'
import { useMay } from '../session/session.tsx'
import { Needs } from '../ui/needs.tsx'
import { destinations, isOfOneUser, isWithin } from './destinations.ts'

/**
 * The page of this address, for whoever may see it by the navigation; however they came here. The first page of everybody else is their account.
 * It goes by the page that is shown: while the next one is fetched, the address is that of the next one already.
 */
export function Allowed() {
  const may = useMay()
  const path = useRouterState({ select: ({ matches, location }) => matches.at(-1)?.pathname ?? location.pathname })
  const destination = destinations.find((one) => isWithin(one, path))
  if (destination?.needs === undefined || may(destination.needs) || isOfOneUser(path)) return <Outlet />
  const { to, label, needs, organizations } = destination
  if (to === '/console') return <Navigate to="/console/account" replace />
  return (
    <Needs permission={needs} organizations={organizations} title={label}>
      <Outlet />
    </Needs>
  )
}
