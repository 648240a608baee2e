import { Alert, Button, Center, Group, Skeleton, Stack, Text, ThemeIcon, Title } from '@mantine/core'
import { ApiError, ConnectionError } from '@sudigital/client'
import type { UseQueryResult } from '@tanstack/react-query'
import { CircleAlert, Lock, type LucideIcon, SearchX, WifiOff } from 'lucide-react'
import { type ReactNode, useEffect, useMemo, useState } from 'react'
import { onTokens } from '../client/client.ts'
import { type Explanation, explain } from '../client/words.ts'
import { useSecondsLeft } from './seconds-left.ts'

/** Lines where something will stand. */
export function Loading({ lines = 5 }: { readonly lines?: number }) {
  return (
    <Stack role="status" aria-label="Loading" gap="sm" py="sm">
      {Array.from({ length: lines }, (_, line) => `${92 - ((line * 17) % 40)}%`).map((width) => (
        <Skeleton key={width} height={18} width={width} radius="sm" />
      ))}
    </Stack>
  )
}

interface Told {
  readonly icon: LucideIcon
  readonly title: string
  readonly says?: ReactNode
  readonly children?: ReactNode
}

/** In place of what there is not. */
function InPlace({ icon: Icon, title, says, children }: Told) {
  return (
    <Center py={56} px="md">
      <Stack align="center" gap="xs" maw={460} ta="center">
        <ThemeIcon size={48} radius="xl" variant="light" color="gray" aria-hidden>
          <Icon size={24} />
        </ThemeIcon>
        <Title order={2}>{title}</Title>
        {says !== undefined && <Text c="dimmed">{says}</Text>}
        {children}
      </Stack>
    </Center>
  )
}

/** There is nothing yet, or nothing that matches. */
export function Empty({ icon = SearchX, ...told }: Partial<Pick<Told, 'icon'>> & Omit<Told, 'icon'>) {
  return <InPlace icon={icon} {...told} />
}

/** Whoever is signed in may not see this, and why. */
export function Forbidden({ says }: { readonly says: string }) {
  return <InPlace icon={Lock} title="This is not for your account" says={says} />
}

/** What could not be read, in words, and a way to try again. It tries by itself when the server's pause is over, or the network is back. */
export function Failed({ error, retry }: { readonly error: unknown; readonly retry?: () => void }) {
  const { title, says, retryAfter, mayPass } = explain(error)
  useEffect(() => {
    if (retryAfter === null || retry === undefined) return
    const timer = setTimeout(retry, retryAfter * 1000)
    return () => clearTimeout(timer)
  }, [retryAfter, retry])
  useEffect(() => {
    if (!mayPass || retry === undefined) return
    addEventListener('online', retry)
    return () => removeEventListener('online', retry)
  }, [mayPass, retry])
  return (
    <div role="alert">
      <InPlace icon={mayPass ? WifiOff : CircleAlert} title={title} says={says}>
        {retry !== undefined && (
          <Button mt="sm" variant="default" onClick={retry}>
            Try again
          </Button>
        )}
      </InPlace>
    </div>
  )
}

/** What went wrong with something that was typed or pressed, beside it. `null` draws nothing. */
export function Refused({
  error,
  more,
  words = explain,
}: {
  readonly error: unknown
  readonly more?: ReactNode
  /** Where more can be said of it than everywhere. */
  readonly words?: (error: unknown) => Explanation
}) {
  const isPast = useIsPast(error)
  if (error === null || error === undefined || isPast) return null
  const { title, says, retryAfter } = words(error)
  return (
    <Alert role="alert" color="red" variant="light" icon={<CircleAlert aria-hidden />} title={title}>
      {says} {retryAfter !== null && <Countdown since={error} seconds={retryAfter} />}
      {more}
    </Alert>
  )
}

/** Whether what was in the way is over: the network is back, or the session begun again. */
function useIsPast(error: unknown): boolean {
  const [past, setPast] = useState<unknown>(null)
  useEffect(() => {
    const end = () => setPast(error)
    if (error instanceof ApiError && error.status === 401) return onTokens((tokens) => tokens !== null && end())
    if (!(error instanceof ConnectionError)) return
    addEventListener('online', end)
    return () => removeEventListener('online', end)
  }, [error])
  return past !== null && past === error
}

/** Counts down from when `since` came to be. It is not read out each second. */
function Countdown({ since, seconds }: { readonly since: unknown; readonly seconds: number }) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same pause may be asked for again
  const left = useSecondsLeft(useMemo(() => Date.now() + seconds * 1000, [since, seconds]))
  return (
    <Group component="span" role="timer" fw={600} className="tabular">
      {left > 0 ? `${inWords(left)} left.` : 'You can try again now.'}
    </Group>
  )
}

function inWords(seconds: number): string {
  if (seconds < 60) return `${seconds} s`
  const rest = seconds % 60
  return rest === 0 ? `${seconds / 60} min` : `${Math.floor(seconds / 60)} min ${rest} s`
}

/** Draws what was asked for, or says that it is coming, or why it is not. */
export function Answered<Data>({
  query,
  loading,
  children,
}: {
  readonly query: UseQueryResult<Data>
  readonly loading?: ReactNode
  readonly children: (data: Data) => ReactNode
}) {
  if (query.data !== undefined) return children(query.data)
  if (query.isError) return <Failed error={query.error} retry={() => void query.refetch()} />
  return loading ?? <Loading />
}
