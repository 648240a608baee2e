import { Button, Stack } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import { client } from '../../../client/client.ts'
import { queries } from '../../../client/queries.ts'
import { useMe } from '../../../session/session.tsx'
import { saveText } from '../../../ui/save.ts'
import { Section } from '../../../ui/section.tsx'
import { Refused } from '../../../ui/states.tsx'
import { tellDone } from '../../../ui/told.ts'

/** Hands over everything that is kept of somebody. */
export function DataExport() {
  const { id } = useMe()
  const fetchAll = useMutation({
    mutationFn: () => client.me.export(),
    onSuccess: (document) => {
      saveText(JSON.stringify(document, null, 2), `roster-${id}.json`, 'application/json')
      tellDone('Your data is in the downloads of this browser.')
      return queries.invalidateQueries({ queryKey: ['me', 'activity'] })
    },
  })
  return (
    <Section
      title="Download your data"
      says="Everything that is kept of you, in one file: your record, sign-ins, activity, organizations and invitations. No password or other secret is in it. That you asked is written down in your activity."
    >
      <Stack gap="sm" align="flex-start">
        <Button
          variant="default"
          leftSection={<Download size={16} aria-hidden />}
          onClick={() => fetchAll.mutate()}
          loading={fetchAll.isPending}
        >
          Download as JSON
        </Button>
        <Refused error={fetchAll.error} />
      </Stack>
    </Section>
  )
}
