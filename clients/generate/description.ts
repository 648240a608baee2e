import { createHash } from 'node:crypto'
import { contracts } from '../../server/src/app/contracts.ts'
import { withDescription } from '../../server/src/http/description.ts'
import { type DescribableContract, describeContract } from '../../server/src/http/openapi.ts'

/** As much of the house contract's description as decides what an SDK does. */
export interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
}

interface Operation {
  readonly operationId: string
  readonly security: readonly object[]
  readonly parameters?: readonly { readonly name: string; readonly in: string }[]
  readonly responses: Readonly<Record<string, { readonly content?: object }>>
}

/** What an SDK has to know of an operation to call it. */
export interface TableRow {
  readonly method: string
  readonly path: string
  /** It needs nobody: no token is sent. */
  readonly anonymous?: true
  /** It takes an `Idempotency-Key`. */
  readonly repeatable?: true
  /** What it gives is no JSON, and may be long. */
  readonly streamed?: true
}

/** The description as `/openapi.json` has it, on whatever machine. */
export function describeHouse(): Description {
  const place = { environment: 'Test', version: '0' }
  const contract = withDescription(contracts.sudigital, place) as DescribableContract
  return describeContract(contract, {
    ...place,
    publicUrl: 'http://localhost:3001',
    mount: '',
  }) as unknown as Description
}

/** The operations by name, in the order of the description. */
export function tableOf({ paths }: Description): Record<string, TableRow> {
  const rows = Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([, { operationId }]) => operationId !== undefined)
      .map(([method, { operationId, security, parameters = [], responses }]): [string, TableRow] => [
        operationId,
        {
          method: method.toUpperCase(),
          path,
          ...(security.length === 0 ? { anonymous: true } : {}),
          ...(parameters.some(({ name }) => name === 'Idempotency-Key') ? { repeatable: true } : {}),
          ...('application/json' in (contentOf(responses) ?? { 'application/json': {} }) ? {} : { streamed: true }),
        },
      ]),
  )
  return Object.fromEntries(rows)
}

/** Of a success. */
function contentOf(responses: Operation['responses']): object | undefined {
  return Object.entries(responses).find(([status]) => /^2/.test(status))?.[1].content
}

/** Changes when types that are made from the description may; words for people and examples do not count. */
export function digestOf(description: Description): string {
  return createHash('sha256')
    .update(JSON.stringify(bare(description.paths)))
    .digest('base64url')
}

const words = new Set(['description', 'summary', 'example', 'examples', 'links', 'tags', 'servers'])

/** Below `properties` a key is the name of a field, whatever it says. */
function bare(node: unknown, areNames = false): unknown {
  if (Array.isArray(node)) return node.map((part) => bare(part))
  if (typeof node !== 'object' || node === null) return node
  const kept = Object.entries(node).filter(([key]) => areNames || !words.has(key))
  return Object.fromEntries(kept.map(([key, value]) => [key, bare(value, !areNames && key === 'properties')]))
}
