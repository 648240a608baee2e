import { Group, Skeleton, Title } from '@mantine/core'
import type { Stats } from '@sudigital/client'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { client } from '../../client/client.ts'
import { useLocale } from '../../session/formats.ts'
import { Page } from '../../ui/page.tsx'
import { Answered } from '../../ui/states.tsx'
import { NeedsAttention } from './needs-attention.tsx'
import { OverTime, TimeControls } from './over-time.tsx'
import { RecentActivity } from './recent-activity.tsx'
import { stretchOf } from './stretch.ts'
import { Totals } from './totals.tsx'

const route = getRouteApi('/console/')

/** The directory at a glance, for admins. */
export function Overview() {
  const search = route.useSearch()
  const { timeZone } = useLocale()
  const stretch = stretchOf(search, Date.now(), timeZone)
  const { from, to, interval } = stretch
  const query = useQuery({
    queryKey: ['stats', from, to, interval],
    queryFn: ({ signal }) => client.stats.get({ from, to, interval }, { signal }),
    placeholderData: keepPreviousData,
  })
  return (
    <Page title="Overview">
      <NeedsAttention />
      <Latest totals={query.data?.totals ?? null} isComing={query.isPending} />
      <Group justify="space-between" gap="sm">
        <Title order={2}>Over time</Title>
        <TimeControls stretch={stretch} />
      </Group>
      <Answered query={query}>{(stats) => <OverTime stats={stats} />}</Answered>
      <RecentActivity />
    </Page>
  )
}

/** Their number does not depend on how far back the charts reach: it stays while another stretch is fetched, and when it cannot be. */
function Latest({ totals, isComing }: { readonly totals: Stats['totals'] | null; readonly isComing: boolean }) {
  const [known, setKnown] = useState(totals)
  if (totals !== null && totals !== known) setKnown(totals)
  if (known !== null) return <Totals totals={known} />
  return isComing && <Skeleton h={150} />
}
