import { ActionIcon, Alert, Anchor, Code, Grid, Paper, Stack } from '@mantine/core'
import type { Mail, MailWithLetter } from '@sudigital/client'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { ArrowLeft, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { client } from '../../client/client.ts'
import { useFormats } from '../../session/formats.ts'
import { Facts } from '../../ui/facts.tsx'
import { Page } from '../../ui/page.tsx'
import { Answered } from '../../ui/states.tsx'
import { Letter } from './letter.tsx'
import { failureInWords, kindInWords } from './mail-words.ts'
import { Retry } from './retry.tsx'
import { MailState } from './state-badge.tsx'

const route = getRouteApi('/console/mail/$mailId')

/** One mail: what it says where the server shows it, where it is, and why it was not taken. */
export function OneMail() {
  const { mailId } = route.useParams()
  const query = useQuery({
    queryKey: ['mail', mailId],
    queryFn: ({ signal }) => client.mail.get(mailId, { signal }),
    refetchInterval: ({ state }) => (state.data?.state === 'waiting' ? 5_000 : false),
  })
  const mail = query.data
  return (
    <Page
      title={mail?.subject ?? 'Mail'}
      before={
        <ActionIcon component={Link} to="/console/mail" variant="default" size="lg" aria-label="Back to all mail">
          <ArrowLeft size={18} aria-hidden />
        </ActionIcon>
      }
      actions={mail?.state === 'dead' && <Retry mail={mail} size="sm" />}
    >
      <Answered query={query}>{(mail) => <MailParts mail={mail} />}</Answered>
    </Page>
  )
}

function MailParts({ mail }: { readonly mail: Mail | MailWithLetter }) {
  return (
    <Stack gap="lg">
      {mail.failure !== null && mail.state !== 'sent' && (
        <Alert
          color={mail.state === 'dead' ? 'red' : 'orange'}
          variant="light"
          icon={<TriangleAlert aria-hidden />}
          title={mail.state === 'dead' ? 'It was given up' : 'It was not taken yet'}
        >
          {failureInWords(mail.failure)}{' '}
          {mail.failure === 'link_over' && 'Trying again would be in vain: have another mail sent.'}
        </Alert>
      )}
      <Grid gap="lg">
        {'text' in mail && (
          <Grid.Col span={{ base: 12, lg: 8 }}>
            <Letter text={mail.text} />
          </Grid.Col>
        )}
        <Grid.Col span={{ base: 12, lg: 4 }}>
          <Paper withBorder p="lg">
            <MailFacts mail={mail} />
          </Paper>
        </Grid.Col>
      </Grid>
    </Stack>
  )
}

function MailFacts({ mail }: { readonly mail: Mail | MailWithLetter }) {
  const formats = useFormats()
  const facts: (readonly [string, ReactNode])[] = [
    ['State', <MailState key="state" state={mail.state} />],
    [
      'To',
      <Anchor key="to" component={Link} inherit to={`/console/users/${mail.userId}`}>
        {mail.to}
      </Anchor>,
    ],
    ['What it is about', kindInWords(mail.kind)],
    ['Written', formats.time(mail.createdAt)],
    ['Attempts', formats.number(mail.attempts)],
  ]
  if (mail.dueAt !== null) facts.push(['Tried next', formats.time(mail.dueAt)])
  if (mail.settledAt !== null) facts.push([mail.state === 'dead' ? 'Given up' : 'Sent', formats.time(mail.settledAt)])
  if (mail.via !== null)
    facts.push(['Went', mail.via === 'smtp' ? 'To the mail server' : 'Into the mailbox of development, no further'])
  if (mail.state === 'sent' && !('text' in mail)) facts.push(['What it says', 'Is not kept where mail is really sent.'])
  facts.push(['Id', <Code key="id">{mail.id}</Code>])
  return <Facts facts={facts} />
}
