import { runTogether } from '../together.ts'

await runTogether('console-2')
