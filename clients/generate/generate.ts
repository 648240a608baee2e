import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import openapiTypes, { astToString } from 'openapi-typescript'
import { type Description, describeHouse, digestOf, tableOf } from './description.ts'

/*
 * Writes what the TypeScript SDK knows of the house contract from its description: the types of what operations take and give, and a table of how they are called.
 */

const into = join(import.meta.dirname, '../typescript/src/generated')
const first = '// Written by `npm run clients:generate` from the API description.\n'

const description = describeHouse()
await writeFile(join(into, 'schema.ts'), `${first}\n${await typesOf(description)}`)
await writeFile(join(into, 'operations.ts'), tableText(description))

async function typesOf(whole: Description): Promise<string> {
  const nodes = await openapiTypes(JSON.stringify(withoutNoise(whole)), { defaultNonNullable: false, silent: true })
  return astToString(nodes)
}

function tableText(whole: Description): string {
  const rows = Object.entries(tableOf(whole)).map(([name, row]) => `  ${name}: ${JSON.stringify(row)},`)
  const digest = `/** Of the description from which types and table were made. */\nexport const madeFrom = '${digestOf(whole)}'\n`
  return `${first}\n${digest}\nexport const operations = {\n${rows.join('\n')}\n} as const\n`
}

/** Headers, refusals and examples are no matter of types. */
function withoutNoise(node: unknown, isMap = false): unknown {
  if (Array.isArray(node)) {
    return node.filter((part) => part?.in !== 'header').map((part) => withoutNoise(part))
  }
  if (typeof node !== 'object' || node === null) return node
  const kept = Object.entries(node).filter(([key]) => isMap || !isNoise(key))
  return Object.fromEntries(kept.map(([key, value]) => [key, withoutNoise(value, !isMap && isMapOf(key))]))
}

function isNoise(key: string): boolean {
  return ['examples', 'example', 'links', 'headers', 'securitySchemes', 'tags'].includes(key) || /^[45]\d\d$/.test(key)
}

/** Below these, keys are names, whatever they say. */
function isMapOf(key: string): boolean {
  return ['properties', 'schemas', 'paths'].includes(key)
}
