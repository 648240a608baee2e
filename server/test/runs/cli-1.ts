import { runTogether } from '../together.ts'

await runTogether('cli-1')
