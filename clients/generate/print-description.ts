import { describeHouse } from './description.ts'

/* Prints the house contract's API description, for generators in other languages. */
process.stdout.write(JSON.stringify(describeHouse()))
