import { ApiError, type CallOptions, ConnectionError } from '@sudigital/client'
import { client } from '../client/client.ts'

/**
 * Loads the page once more, as it never asks twice for a part of the console that did not come. While the server is away, that would leave nothing at
 * all: then it stays, and rejects with why.
 */
export async function loadAnew(options: CallOptions = {}): Promise<void> {
  const fault = await Promise.resolve(client.me.get(undefined, options)).catch((error: unknown) => error)
  const isAway = fault instanceof ConnectionError || (fault instanceof ApiError && fault.status >= 500)
  if (isAway) throw fault
  location.reload()
}
