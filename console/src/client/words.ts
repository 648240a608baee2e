import { ApiError, ConnectionError } from '@sudigital/client'
import { isMissingPart } from './missing-part.ts'

/** Something that went wrong, for people. */
export interface Explanation {
  readonly title: string
  readonly says: string
  /** After how many seconds it may go better, where the server says so. */
  readonly retryAfter: number | null
  /** Whether the same may work when it is tried again. */
  readonly mayPass: boolean
}

/** What is thrown with its explanation. */
export class Explained extends Error {
  readonly title: string

  constructor(title: string, says: string) {
    super(says)
    this.title = title
  }
}

/** Says what went wrong, and what to do now, whatever was thrown. */
export function explain(error: unknown): Explanation {
  if (error instanceof Explained) return fixed(error.title, error.message)
  if (error instanceof ConnectionError) return explainConnection(error)
  if (error instanceof ApiError) return explainAnswer(error)
  if (isMissingPart(error)) {
    return passing(
      'A part of the console is missing',
      'It could not be fetched. Look whether you are connected, then try again. If it stays away, load the page anew: the server may have a newer console.',
    )
  }
  return fixed('Something went wrong here', 'The console has met a fault of its own. Load the page anew.')
}

function explainConnection({ code }: ConnectionError): Explanation {
  const title = code === 'TIMEOUT' ? 'The server does not answer' : 'The server cannot be reached'
  return passing(
    title,
    'Look whether you are connected. Nothing that you typed is lost; try again when the connection is back.',
  )
}

function explainAnswer(error: ApiError): Explanation {
  const { status, code, message, retryAfter, requestId } = error
  if (code === 'PRECONDITION_FAILED') {
    return fixed(
      'Somebody else saved first',
      'This was changed by somebody else meanwhile. Look at what they changed, then save again.',
    )
  }
  if (status === 401) return fixed('Your session has ended', 'Sign in again to go on. Nothing that you typed is lost.')
  if (code === 'ACCOUNT_INACTIVE') {
    return fixed('Your account is not active any more', 'Ask an administrator if you think that this is a mistake.')
  }
  if (status === 403) return fixed('You may not do that', `${sentence(message)} Ask an administrator if you need it.`)
  if (status === 404) return fixed('This is not here', `${sentence(message)} It may have been deleted meanwhile.`)
  if (status === 429) {
    return {
      ...passing(
        'Too many requests',
        `The server asks for a pause${pause(retryAfter)}. Nothing is lost; try again then.`,
      ),
      retryAfter,
    }
  }
  if (status === 503) {
    return {
      ...passing(
        'The server is busy',
        `It has too much to do at the moment${pause(retryAfter)}. Try again in a moment.`,
      ),
      retryAfter,
    }
  }
  if (status >= 500) {
    const clue = requestId === null ? '' : ` Its log has more under ${requestId}.`
    return passing('The server has failed', `That was a fault of the server, not yours.${clue}`)
  }
  return fixed(sentence(message).replace(/\.$/, ''), error.details.map((detail) => sentence(detail.message)).join(' '))
}

/** What is wrong with each field, by its name; empty for what is about none. */
export function faultsByField(error: unknown): Record<string, string> {
  if (!(error instanceof ApiError)) return {}
  const faults: Record<string, string> = {}
  for (const { field, message } of error.details) faults[field] = join(faults[field], sentence(message))
  return faults
}

/** What went wrong, unless all of it is said beside fields. */
export function aboutNoField(error: unknown): unknown {
  return error instanceof ApiError && error.details.length > 0 ? null : error
}

function join(one: string | undefined, other: string): string {
  return one === undefined ? other : `${one} ${other}`
}

function pause(seconds: number | null): string {
  if (seconds === null) return ''
  return seconds === 1 ? ' of a second' : ` of ${seconds} seconds`
}

function sentence(message: string): string {
  return /[.!?]$/.test(message) ? message : `${message}.`
}

function fixed(title: string, says: string): Explanation {
  return { title, says, retryAfter: null, mayPass: false }
}

function passing(title: string, says: string): Explanation {
  return { title, says, retryAfter: null, mayPass: true }
}
