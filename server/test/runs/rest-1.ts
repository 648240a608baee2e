import { runTogether } from '../together.ts'

await runTogether('rest-1')
