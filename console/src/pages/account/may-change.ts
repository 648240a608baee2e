import { useMay, useMe } from '../../session/session.tsx'

/** Why whoever is signed in may not change their own record; null for those who may. */
export function useWhyFixed(): string | null {
  const may = useMay()
  const { role } = useMe()
  return may('users:update')
    ? null
    : `Your role is ${role}, which sees and does not change. Ask an administrator to change this for you.`
}
