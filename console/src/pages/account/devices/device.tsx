import { Badge, Button } from '@mantine/core'
import type { Session } from '@sudigital/client'
import { Monitor, Smartphone, Terminal } from 'lucide-react'
import { useFormats } from '../../../session/formats.ts'
import { When } from '../../../ui/person.tsx'
import { ListItem } from '../list-item.tsx'

interface DeviceProps {
  readonly session: Session
  readonly isEnding: boolean
  readonly onEnd: () => void
}

/** One sign-in, on one device. */
export function Device({ session, isEnding, onEnd }: DeviceProps) {
  const { device, userAgent, ip, createdAt, lastUsedAt, current, impersonator } = session
  const formats = useFormats()
  const name = device ?? userAgent ?? 'An unknown device'
  return (
    <ListItem
      icon={iconOf(name)}
      title={
        <>
          {name}
          {current && (
            <Badge variant="light" color="green" tt="none">
              this browser
            </Badge>
          )}
          {impersonator !== undefined && (
            <Badge variant="light" color="orange" tt="none">
              an administrator in your stead
            </Badge>
          )}
        </>
      }
      actions={
        current ? undefined : (
          <Button
            variant="default"
            size="xs"
            onClick={onEnd}
            loading={isEnding}
            aria-label={`Sign out ${name}, signed in ${formats.time(createdAt)}`}
          >
            Sign out
          </Button>
        )
      }
    >
      {ip === null ? 'Address unknown' : `From ${ip}`} · used <When at={lastUsedAt} /> · signed in{' '}
      <When at={createdAt} />
    </ListItem>
  )
}

function iconOf(name: string) {
  if (/iPhone|iPad|Android|phone/i.test(name)) return Smartphone
  return / on /.test(name) ? Monitor : Terminal
}
