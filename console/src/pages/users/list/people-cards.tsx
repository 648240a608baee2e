import { Group, Text } from '@mantine/core'
import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { useLayoutEffect, useRef, useState } from 'react'
import { Ago, RoleCell, StatusCell } from './cells.tsx'
import { EndOfList } from './end-of-list.tsx'
import classes from './list.module.css'
import type { PeopleProps } from './people-table.tsx'
import { PersonLink } from './person-link.tsx'
import { PickOne, useOpening } from './person-row.tsx'
import type { Person } from './question.ts'
import { useMoreNear } from './use-more-near.ts'

const cardHeight = 124

/** The list for narrow windows: a card for each person, on the page itself. */
export function PeopleCards({ people, pages, picking, ownId }: PeopleProps) {
  const open = useOpening()
  const list = useRef<HTMLUListElement>(null)
  const [top, setTop] = useState(0)
  useLayoutEffect(() => setTop(list.current?.offsetTop ?? 0), [])
  const virtual = useWindowVirtualizer({
    count: people.length,
    estimateSize: () => cardHeight,
    getItemKey: (index) => people[index]?.id ?? index,
    overscan: 6,
    scrollMargin: top,
  })
  const items = virtual.getVirtualItems()
  useMoreNear(pages, items.at(-1)?.index ?? 0, people.length)
  return (
    <>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the names are the links for the keyboard */}
      <ul
        ref={list}
        onClick={open}
        aria-label="People"
        aria-busy={pages.isPlaceholderData}
        className={`${classes.cards} ${pages.isPlaceholderData ? classes.stale : ''}`}
        style={{ height: virtual.getTotalSize() }}
      >
        {items.map(({ index, start }) => {
          const person = people[index]
          if (person === undefined) return null
          return (
            <li
              key={person.id}
              className={classes.card}
              style={{ height: cardHeight, transform: `translateY(${start - top}px)` }}
            >
              <Card person={person} picking={picking} isOneself={person.id === ownId} />
            </li>
          )
        })}
      </ul>
      <EndOfList pages={pages} />
      {picking.isAny && <div className={classes.behindBar} />}
    </>
  )
}

interface CardProps extends Pick<PeopleProps, 'picking'> {
  readonly person: Person
  readonly isOneself: boolean
}

function Card({ person, picking, isOneself }: CardProps) {
  const isPicked = picking.isPicked(person.id)
  return (
    <div className={classes.cardBody} data-person={person.id} data-picked={isPicked || undefined}>
      <PersonLink person={person} />
      <PickOne person={person} isPicked={isPicked} isOneself={isOneself} toggle={picking.toggle} />
      <Group gap="xs" wrap="nowrap" style={{ gridColumn: '1 / -1' }} justify="space-between">
        <Group gap={6} wrap="nowrap">
          <StatusCell status={person.status} />
          <RoleCell role={person.role} />
        </Group>
        <Text size="xs" c="dimmed" truncate>
          signed in: <Ago at={person.lastLoginAt} />
        </Text>
      </Group>
    </div>
  )
}
