import { type CallOptions, ConnectionError } from '@sudigital/client'
import { client } from '../client/client.ts'

/**
 * Loads the page once more, as it never asks twice for a part of the console that did not come. Where the server cannot be reached, that would leave nothing
 * at all, so nothing is done.
 */
export async function loadAnew(options: CallOptions = {}): Promise<void> {
  const fault = await Promise.resolve(client.me.get(undefined, options)).catch((error: unknown) => error)
  if (!(fault instanceof ConnectionError)) location.reload()
}
