import type { CastName } from './cast.ts'
import type { World } from './world.ts'

export interface Uploaded {
  readonly avatar: string
  readonly thumbnails: { readonly small: string; readonly medium: string }
}

/** Where pictures are taken, and in which field. */
export const doors = {
  sudigital: { path: '/api/users/me/avatar', field: 'avatar' },
  racknap: { path: '/racknap/api/users/profile/image', field: 'image' },
} as const

interface Sending {
  /** The house's unless said. */
  readonly door?: keyof typeof doors
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
export function sendForm(world: World, body: Uint8Array, sending: Sending = {}) {
  const { as = 'grace', headers = {}, door = 'sudigital' } = sending
  const type = { 'content-type': `multipart/form-data; boundary=${boundary}` }
  return world.fetch(doors[door].path, {
    method: 'POST',
    as,
    body: Uint8Array.from(body),
    headers: { ...type, ...headers },
  })
}

/** Uploads a picture in the form that the contract's document shows. */
export function upload(world: World, image: Uint8Array, sending: Sending = {}): Promise<Response> {
  const { field } = doors[sending.door ?? 'sudigital']
  return sendForm(world, formWith(image, `name="${field}"; filename="portrait.jpg"`), sending)
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
