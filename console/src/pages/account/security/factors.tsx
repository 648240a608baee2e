import { Badge, Button, Group, Text } from '@mantine/core'
import type { Factor } from '@sudigital/client'
import { useQuery } from '@tanstack/react-query'
import { Fingerprint, Smartphone } from 'lucide-react'
import { useState } from 'react'
import { whyNoPasskeys } from '../../../client/passkeys.ts'
import { useFormats } from '../../../session/formats.ts'
import { When } from '../../../ui/person.tsx'
import { Section } from '../../../ui/section.tsx'
import { Answered } from '../../../ui/states.tsx'
import { ListItem } from '../list-item.tsx'
import { AddAppDialog } from './add-app-dialog.tsx'
import { AddPasskeyDialog } from './add-passkey-dialog.tsx'
import { factorsQuery } from './factors-query.ts'
import { RemoveFactorDialog } from './remove-factor-dialog.tsx'

/** What is asked at sign-in besides the password: an authenticator app, passkeys. */
export function Factors() {
  const query = useQuery(factorsQuery)
  const [adding, setAdding] = useState<'app' | 'passkey' | null>(null)
  const [removing, setRemoving] = useState<Factor | null>(null)
  const close = () => setAdding(null)
  const confirmed = query.data?.data.filter(({ confirmedAt }) => confirmedAt !== null)
  return (
    <Section
      title="Second factors"
      says="With one of these, your password alone lets nobody in. A passkey also signs you in without the password."
    >
      <Answered query={query}>
        {({ data }) => (
          <>
            {data.length > 0 && (
              <ul className="account-list" aria-label="Second factors">
                {data.map((factor) => (
                  <FactorItem key={factor.id} factor={factor} onRemove={() => setRemoving(factor)} />
                ))}
              </ul>
            )}
            <AddButtons
              hasApp={data.some(({ kind, confirmedAt }) => kind === 'totp' && confirmedAt !== null)}
              onAdd={setAdding}
            />
          </>
        )}
      </Answered>
      <AddAppDialog isOpen={adding === 'app'} onClose={close} />
      <AddPasskeyDialog isOpen={adding === 'passkey'} onClose={close} />
      <RemoveFactorDialog factor={removing} isLast={confirmed?.length === 1} onClose={() => setRemoving(null)} />
    </Section>
  )
}

interface AddButtonsProps {
  readonly hasApp: boolean
  readonly onAdd: (kind: 'app' | 'passkey') => void
}

function AddButtons({ hasApp, onAdd }: AddButtonsProps) {
  const noPasskeys = whyNoPasskeys()
  const reasons = [
    hasApp ? 'There is one authenticator app at a time: remove it to set up another.' : null,
    noPasskeys === null ? null : `No passkey can be added here. ${noPasskeys}`,
  ].filter((reason) => reason !== null)
  return (
    <>
      <Group gap="xs" mt="md">
        <Button
          variant="default"
          leftSection={<Smartphone size={16} aria-hidden />}
          disabled={hasApp}
          onClick={() => onAdd('app')}
        >
          Add an authenticator app
        </Button>
        <Button
          variant="default"
          leftSection={<Fingerprint size={16} aria-hidden />}
          disabled={noPasskeys !== null}
          onClick={() => onAdd('passkey')}
        >
          Add a passkey
        </Button>
      </Group>
      {reasons.map((reason) => (
        <Text key={reason} size="xs" c="dimmed" mt={6}>
          {reason}
        </Text>
      ))}
    </>
  )
}

function FactorItem({ factor, onRemove }: { readonly factor: Factor; readonly onRemove: () => void }) {
  const { kind, name, createdAt, confirmedAt, lastUsedAt } = factor
  const { date } = useFormats()
  return (
    <ListItem
      icon={kind === 'totp' ? Smartphone : Fingerprint}
      title={
        <>
          {name}
          {confirmedAt === null && (
            <Badge variant="light" color="orange" tt="none">
              not confirmed
            </Badge>
          )}
        </>
      }
      actions={
        <Button variant="default" size="xs" aria-label={`Remove ${name}`} onClick={onRemove}>
          Remove
        </Button>
      }
    >
      {kind === 'totp' ? 'Authenticator app' : 'Passkey'} · added {date(createdAt)}
      {confirmedAt !== null && (
        <>
          {' '}
          · used <When at={lastUsedAt} />
        </>
      )}
    </ListItem>
  )
}
