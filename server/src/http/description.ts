import { createHash } from 'node:crypto'
import { Type } from '#typebox'
import { type Answer, empty, jsonText } from './answer.ts'
import { matchesNoneOf } from './conditional.ts'
import { type Call, type Contract, get, type Route } from './contract.ts'
import { type DescribableContract, describeContract, type Place } from './openapi.ts'

/** The same contract, which now also shows its description at `/openapi.json`. One that has nothing to say of itself stays as it is. */
export function withDescription(
  contract: Contract,
  { beside = [], ...place }: Pick<Place, 'environment' | 'version'> & { readonly beside?: readonly Contract[] },
): Contract {
  if (!isDescribable(contract)) return contract
  const about = { ...contract.about, tags: { ...contract.about.tags, Description: 'The API in the words of OpenAPI.' } }
  const described = { ...contract, about, routes: [...contract.routes, descriptionRoute(describe)] }
  return described

  function describe({ mount, publicUrl }: Call): string {
    return JSON.stringify(describeContract(described, { ...place, mount, publicUrl }, beside.filter(isDescribable)))
  }
}

export function isDescribable(contract: Contract): contract is DescribableContract {
  return contract.about !== undefined
}

const descriptionAnswer = Type.Object(
  {
    openapi: Type.String({ maxLength: 10, pattern: '^3\\.1\\.\\d+$' }),
  },
  { title: 'Description', description: 'An OpenAPI 3.1 document' },
)

/** Written when it is first asked for, and kept: an address does not change while the server runs. */
function descriptionRoute(describe: (call: Call) => string): Route {
  let written: { readonly text: string; readonly etag: string } | null = null

  function answer(call: Call): Answer {
    written ??= tagged(describe(call))
    const { text, etag } = written
    const headers = { etag, 'cache-control': 'public, max-age=300' }
    return matchesNoneOf(call.headers['if-none-match'], etag) ? jsonText(200, text, headers) : empty(304, headers)
  }

  return get('/openapi.json', answer, {
    needs: 'nobody',
    answers: [200, 304],
    name: 'readDescription',
    summary: 'Read this description',
    gives: ['etag'],
    tag: 'Description',
    schema: { answer: { 200: descriptionAnswer } },
  })
}

function tagged(text: string) {
  return { text, etag: `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"` }
}
