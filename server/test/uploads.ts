import type { CastName } from './cast.ts'
import type { World } from './world.ts'

export interface Uploaded {
  readonly avatar: string
  readonly thumbnails: { readonly small: string; readonly medium: string }
}

interface Sending {
  readonly as?: CastName
  readonly headers?: Readonly<Record<string, string>>
}

const boundary = 'the-edge-of-a-part'

/** A form as no library would write it: `part` stands above the bytes. */
export function formWith(bytes: Uint8Array, part = 'name="avatar"; filename="portrait.jpg"'): Buffer {
  const head = `--${boundary}\r\nContent-Disposition: form-data; ${part}\r\nContent-Type: image/jpeg\r\n\r\n`
  return Buffer.concat([Buffer.from(head), bytes, Buffer.from(`\r\n--${boundary}--\r\n`)])
}

/** Sends a form as it is. */
export function sendForm(world: World, body: Uint8Array, { as = 'grace', headers = {} }: Sending = {}) {
  const type = { 'content-type': `multipart/form-data; boundary=${boundary}` }
  return world.fetch('/api/users/me/avatar', {
    method: 'POST',
    as,
    body: Uint8Array.from(body),
    headers: { ...type, ...headers },
  })
}

/** Uploads a picture in the form of the document. */
export function upload(world: World, image: Uint8Array, sending: Sending = {}): Promise<Response> {
  return sendForm(world, formWith(image), sending)
}

/** The addresses that an upload answered. */
export async function uploaded(answer: Response): Promise<Uploaded> {
  const text = await answer.text()
  if (answer.status !== 200) throw new Error(`no upload: ${answer.status} ${text}`)
  return (JSON.parse(text) as { data: Uploaded }).data
}

/** As a browser asks for what an `<img>` names: nobody says who they are. */
export function look(world: World, address: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  return fetch(`${world.url}${new URL(address).pathname}`, { headers })
}
