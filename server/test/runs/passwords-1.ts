import { runTogether } from '../together.ts'

await runTogether('passwords-1')
