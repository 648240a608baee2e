import { Button } from '@mantine/core'
import type { Session } from '@sudigital/client'
import { queryOptions, useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../../../client/client.ts'
import { queries } from '../../../client/queries.ts'
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx'
import { Section } from '../../../ui/section.tsx'
import { Answered } from '../../../ui/states.tsx'
import { tellDone, tellFailed } from '../../../ui/told.ts'
import { Device } from './device.tsx'

/** Nobody has more of them. */
const sessionsMax = 100

const sessionsQuery = queryOptions({
  queryKey: ['me', 'sessions'],
  queryFn: ({ signal }) => client.me.sessions.list({ limit: sessionsMax }, { signal }),
})

/** Where somebody is signed in, and how to change that. */
export function Devices() {
  const query = useQuery(sessionsQuery)
  const endOne = useMutation({
    mutationFn: ({ id }: Session) => client.me.sessions.revoke(id),
    onSuccess: (_, { device }) => tellDone(`${device ?? 'That device'} is signed out.`),
    onError: tellFailed,
    onSettled: () => queries.invalidateQueries({ queryKey: sessionsQuery.queryKey }),
  })
  return (
    <Section
      title="Where you are signed in"
      says="If you do not know one of these, end it and change your password."
      actions={<EndOthers count={(query.data?.meta.total ?? 0) - 1} />}
    >
      <Answered query={query}>
        {({ data }) => (
          <ul className="account-list">
            {currentFirst(data).map((session) => (
              <Device
                key={session.id}
                session={session}
                isEnding={endOne.isPending && endOne.variables.id === session.id}
                onEnd={() => endOne.mutate(session)}
              />
            ))}
          </ul>
        )}
      </Answered>
    </Section>
  )
}

function EndOthers({ count }: { readonly count: number }) {
  const [isAsking, setAsking] = useState(false)
  const end = useMutation({
    mutationFn: () => client.me.sessions.revokeAll({ keep: 'current' }),
    onSuccess: () => {
      setAsking(false)
      tellDone('You are signed in here only.')
      return queries.invalidateQueries({ queryKey: sessionsQuery.queryKey })
    },
  })
  const close = () => {
    end.reset()
    setAsking(false)
  }
  if (count < 1) return null
  return (
    <>
      <Button variant="default" onClick={() => setAsking(true)}>
        Sign out everywhere else
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        onClose={close}
        title="Sign out everywhere else?"
        says={`${count === 1 ? 'One other session ends' : `${count} other sessions end`} at once. This browser stays signed in.`}
        verb="Sign out everywhere else"
        onConfirm={() => end.mutate()}
        isPending={end.isPending}
        error={end.error}
      />
    </>
  )
}

function currentFirst(sessions: readonly Session[]): Session[] {
  return sessions.toSorted(
    (one, other) => Number(other.current) - Number(one.current) || other.lastUsedAt.localeCompare(one.lastUsedAt),
  )
}
