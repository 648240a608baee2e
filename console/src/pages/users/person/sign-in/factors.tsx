import { Anchor, Button, Group, Text } from '@mantine/core'
import type { Factor } from '@sudigital/client'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Fingerprint, ShieldOff, Smartphone } from 'lucide-react'
import { useState } from 'react'
import { client } from '../../../../client/client.ts'
import { nameOf, useMay } from '../../../../session/session.tsx'
import { ConfirmDialog } from '../../../../ui/confirm-dialog.tsx'
import { When } from '../../../../ui/person.tsx'
import { Section } from '../../../../ui/section.tsx'
import { Answered, Empty } from '../../../../ui/states.tsx'
import { useAct } from '../actions/use-act.ts'
import { useRights } from '../rights.ts'
import { useSubject } from '../subject.ts'

export function Factors() {
  const { isSelf } = useRights()
  const may = useMay()
  return (
    <Section
      title="Second factors"
      says={
        isSelf ? (
          <>
            You set yours up, and remove them, in{' '}
            <Anchor component={Link} to="/console/account" underline="always">
              your account
            </Anchor>
            .
          </>
        ) : (
          'What is asked of them at sign-in, besides the password. Remove what they have lost; only they can add another.'
        )
      }
    >
      {may('factors:manage') ? <FactorList /> : null}
    </Section>
  )
}

function FactorList() {
  const { user } = useSubject()
  const { isSelf } = useRights()
  const [leaving, setLeaving] = useState<Factor | null>(null)
  const query = useQuery({
    queryKey: ['user', user.id, 'factors'],
    queryFn: ({ signal }) => client.users.factors.list(user.id, { limit: 100 }, { signal }),
  })
  return (
    <Answered query={query}>
      {({ data, meta }) =>
        data.length === 0 ? (
          <Empty icon={ShieldOff} title="None is set up" says="No second factor is asked for when they sign in." />
        ) : (
          <div className="user-rows">
            {data.map((factor) => (
              <div className="user-row" key={factor.id}>
                <FactorLine factor={factor} />
                {!isSelf && (
                  <Button
                    size="compact-sm"
                    variant="default"
                    aria-label={`Remove ${factor.name}`}
                    onClick={() => setLeaving(factor)}
                  >
                    Remove
                  </Button>
                )}
              </div>
            ))}
            <Text size="sm" c="dimmed" mt="xs">
              Recovery codes that were not used: {meta.recoveryCodesLeft}
            </Text>
            <RemoveFactor factor={leaving} close={() => setLeaving(null)} />
          </div>
        )
      }
    </Answered>
  )
}

function FactorLine({ factor: { kind, name, confirmedAt, lastUsedAt } }: { readonly factor: Factor }) {
  const Icon = kind === 'totp' ? Smartphone : Fingerprint
  return (
    <Group gap="sm" wrap="nowrap" style={{ minWidth: 0 }}>
      <Icon size={20} aria-hidden />
      <div style={{ minWidth: 0 }}>
        <Text size="sm" fw={550}>
          {name}
        </Text>
        <Text size="xs" c="dimmed">
          {kind === 'totp' ? 'Authenticator app' : 'Passkey'},{' '}
          {confirmedAt === null ? 'not confirmed yet' : 'last used '}
          {confirmedAt !== null && <When at={lastUsedAt} />}
        </Text>
      </div>
    </Group>
  )
}

function RemoveFactor({ factor, close }: { readonly factor: Factor | null; readonly close: () => void }) {
  const { user } = useSubject()
  const remove = useAct(
    user.id,
    async (id: string) => {
      await client.users.factors.remove(user.id, id)
      return 'The second factor is removed.'
    },
    close,
  )
  const leave = () => {
    remove.reset()
    close()
  }
  return (
    <ConfirmDialog
      isOpen={factor !== null}
      onClose={leave}
      title={`Remove ${factor?.name ?? 'it'}`}
      says={`${nameOf(user)} signs in without it from now on, and is signed out everywhere. Make sure first that it is them who ask for it: once none is left, the password alone lets anybody in.`}
      verb="Remove"
      onConfirm={() => factor !== null && remove.mutate(factor.id)}
      isPending={remove.isPending}
      error={remove.error}
    />
  )
}
