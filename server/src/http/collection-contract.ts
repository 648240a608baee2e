import { type Answer, jsonText } from './answer.ts'
import { collect, type Run } from './collection.ts'
import { type Call, type Contract, get } from './contract.ts'
import { type DescribableContract, describeContract, type Place } from './openapi.ts'
import { once } from './pages/answers.ts'
import { plainRefusals } from './plain-refusals.ts'

/**
 * `/postman/users-collection.json`, at the root: a contract as a collection for Postman. It is made when it is first asked for, and so is the `run` loaded.
 */
export function collectionContract(
  described: DescribableContract,
  place: Pick<Place, 'environment' | 'version' | 'mount'>,
  run: () => Promise<Run>,
): Contract {
  let publicUrl = ''
  const text = once(async () =>
    JSON.stringify(collect(describeContract(described, { ...place, publicUrl }), await run()), null, 1),
  )

  async function answer(call: Call): Promise<Answer> {
    publicUrl = call.publicUrl
    return jsonText(200, await text(), { 'cache-control': 'public, max-age=300' })
  }

  return {
    name: 'collection',
    mount: '/',
    owns: 'routes',
    refusals: plainRefusals,
    routes: [
      get('/postman/users-collection.json', answer, {
        needs: 'nobody',
        answers: [200],
        summary: 'The house contract as a collection for Postman',
      }),
    ],
  }
}
