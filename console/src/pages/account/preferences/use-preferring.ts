import type { Me, UserChanges } from '@sudigital/client'
import { useMutation } from '@tanstack/react-query'
import { client } from '../../../client/client.ts'
import { queries } from '../../../client/queries.ts'
import { meQuery } from '../../../session/session.tsx'
import { tellFailed } from '../../../ui/told.ts'

type Preferred = NonNullable<UserChanges['preferences']>

/** Changes a preference. It holds before the server has answered, and is taken back if that refuses. */
export function usePreferring() {
  return useMutation({
    mutationFn: (preferences: Preferred) => client.me.update({ preferences }),
    scope: { id: 'own preferences' },
    onMutate: async (preferences) => {
      await queries.cancelQueries({ queryKey: meQuery.queryKey, exact: true })
      const before = queries.getQueryData(meQuery.queryKey)
      queries.setQueryData(meQuery.queryKey, (me) => me && withPreferences(me, preferences))
      return before
    },
    onSuccess: ({ preferences }) => queries.setQueryData(meQuery.queryKey, (me) => me && { ...me, preferences }),
    onError: (error, _, before) => {
      queries.setQueryData(meQuery.queryKey, before)
      tellFailed(error)
    },
  })
}

function withPreferences(me: Me, { theme, language, timezone, notifications }: Preferred): Me {
  const { preferences } = me
  const { email, push, marketing } = notifications ?? {}
  return {
    ...me,
    preferences: {
      theme: theme ?? preferences.theme,
      language: language ?? preferences.language,
      timezone: timezone ?? preferences.timezone,
      notifications: {
        email: email ?? preferences.notifications.email,
        push: push ?? preferences.notifications.push,
        marketing: marketing ?? preferences.notifications.marketing,
      },
    },
  }
}
