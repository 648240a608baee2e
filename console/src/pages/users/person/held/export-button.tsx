import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import { client } from '../../../../client/client.ts'
import { queries } from '../../../../client/queries.ts'
import { saveText } from '../../../../ui/save.ts'
import { tellDone, tellFailed } from '../../../../ui/told.ts'

/** Saves everything that is kept of a user as a file. */
export function ExportButton({ id }: { readonly id: string }) {
  const save = useMutation({
    mutationFn: () => client.users.export(id),
    onSuccess: (held) => {
      saveText(JSON.stringify(held, null, 2), `user-${id}.json`, 'application/json')
      tellDone('The file is among your downloads.')
      return queries.invalidateQueries({ queryKey: ['user', id, 'activity'] })
    },
    onError: tellFailed,
  })
  return (
    <Button
      variant="default"
      leftSection={<Download size={16} aria-hidden />}
      loading={save.isPending}
      onClick={() => save.mutate()}
    >
      Download everything
    </Button>
  )
}
