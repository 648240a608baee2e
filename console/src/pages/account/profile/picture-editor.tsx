import { Button, Group, Stack } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { Area } from 'react-easy-crop'
import { client } from '../../../client/client.ts'
import { queries } from '../../../client/queries.ts'
import { Refused } from '../../../ui/states.tsx'
import { tellDone } from '../../../ui/told.ts'
import { cutOut } from './cut-out.ts'
import { PictureCutter } from './picture-cutter.tsx'
import { PicturePicker } from './picture-picker.tsx'

/** Takes a file, has a square cut out of it, and uploads that. Loaded when it is opened. */
export function PictureEditor({ onDone }: { readonly onDone: () => void }) {
  const [file, setFile] = useState<File | null>(null)
  const [fault, setFault] = useState<string | null>(null)
  const [area, setArea] = useState<Area | null>(null)
  const address = useAddressOf(file)
  const upload = useMutation({
    mutationFn: async (area: Area) => client.me.avatar.upload(await cutOut(address ?? '', area, file?.type ?? '')),
    onSuccess: () => {
      onDone()
      tellDone('Your picture is changed.')
      return queries.invalidateQueries({ queryKey: ['me'] })
    },
  })
  const pick = (file: File | null, fault: string | null = null) => {
    setFile(file)
    setFault(fault)
    setArea(null)
    upload.reset()
  }
  if (address === null) return <PicturePicker fault={fault} onPick={pick} onFault={(says) => pick(null, says)} />
  return (
    <Stack>
      <PictureCutter
        key={address}
        address={address}
        onArea={setArea}
        onUnreadable={() => pick(null, `This browser cannot show “${file?.name}” as a picture. A JPEG or a PNG works.`)}
      />
      <Refused error={upload.error} />
      <Group justify="space-between">
        <Button variant="subtle" color="gray" onClick={() => pick(null)}>
          Choose another
        </Button>
        <Button
          disabled={area === null}
          loading={upload.isPending}
          onClick={() => area !== null && upload.mutate(area)}
        >
          Use this picture
        </Button>
      </Group>
    </Stack>
  )
}

/** Where the page can show a file from, as long as it needs to. */
function useAddressOf(file: File | null): string | null {
  const [address, setAddress] = useState<string | null>(null)
  useEffect(() => {
    if (file === null) return
    const address = URL.createObjectURL(file)
    setAddress(address)
    return () => {
      URL.revokeObjectURL(address)
      setAddress(null)
    }
  }, [file])
  return address
}
