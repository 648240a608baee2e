import type { JsonObject } from './openapi-schemas.ts'

/** Headers of answers. Those that are `required` come with every answer that refers to them. */
const headerParts = {
  'Cache-Control': header(
    'Who may keep the answer, and for how long.',
    { maxLength: 100, pattern: '^[a-z0-9=, -]+$' },
    true,
  ),
  ETag: header(
    'A strong validator (RFC 9110, section 8.8.3). Of a user: version and digest of what is shown.',
    { maxLength: 100, pattern: '^"[^"]+"$' },
    true,
  ),
  Link: header(
    'Where the next page is, if there is one (RFC 8288).',
    { maxLength: 8192, pattern: '^<[^>]+>; rel="next"$' },
    false,
  ),
  Location: header(
    'Where the new thing is, below the root of this server.',
    { format: 'uri-reference', maxLength: 2048 },
    true,
  ),
  RateLimit: header(
    'What is left of the bucket, and seconds until it is full (IETF draft on RateLimit header fields).',
    { maxLength: 100, pattern: '^"[a-z-]+";r=\\d+;t=\\d+(, "[a-z-]+";r=\\d+;t=\\d+)?$' },
    false,
  ),
  'RateLimit-Policy': header(
    'The bucket that counted this request: its size, and its window in seconds.',
    { maxLength: 100, pattern: '^"[a-z-]+";q=\\d+;w=\\d+(, "[a-z-]+";q=\\d+;w=\\d+)?$' },
    false,
  ),
  'Retry-After': {
    description: 'Seconds after which it is worth trying again.',
    required: true,
    schema: { type: 'integer', format: 'int32', minimum: 1, maximum: 86_400 },
  },
  'Set-Cookie': header(
    'The refresh token, for the path where it is spent.',
    { maxLength: 4096, pattern: '^[\\w-]+=[^;]*(; [^;]+)*$' },
    true,
  ),
  'WWW-Authenticate': header('The scheme to sign in by.', { const: 'Bearer' }, true),
  'X-Request-Id': header('What to look for in the log.', { maxLength: 100, pattern: '^[\\w-]+$' }, false),
} satisfies Readonly<Record<string, JsonObject>>

export type HeaderName = keyof typeof headerParts

function header(description: string, shape: JsonObject, required: boolean) {
  return { description, required, schema: { type: 'string', ...shape } }
}

export function referToHeaders(names: readonly HeaderName[]): JsonObject {
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]))
}

/** Those that a part of a document refers to. */
export function headersIn(part: JsonObject): JsonObject {
  const written = JSON.stringify(part)
  return Object.fromEntries(
    Object.entries(headerParts).filter(([name]) => written.includes(`"#/components/headers/${name}"`)),
  )
}
