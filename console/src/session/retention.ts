import { queryOptions, useQuery } from '@tanstack/react-query'
import { client } from '../client/client.ts'
import { useMay } from './session.tsx'

export const settingsQuery = queryOptions({
  queryKey: ['settings'],
  queryFn: ({ signal }) => client.settings.get({ signal }),
})

/** For how long somebody who is deleted can be brought back, in words: in days for whoever may read the settings. */
export function useRetention(): string {
  const mayRead = useMay()('settings:read')
  const { data } = useQuery({ ...settingsQuery, enabled: mayRead, staleTime: Number.POSITIVE_INFINITY })
  const days = data?.settings.find(({ name }) => name === 'RETENTION_DAYS')?.value ?? null
  if (days === null) return 'for a while'
  return days === '0' ? 'for less than a day' : `for ${days} ${days === '1' ? 'day' : 'days'}`
}
