import type { Kysely } from '#kysely'
import type { Dialect, Statement } from '../queries.ts'
import type { Tables } from '../tables.ts'

/** A statement as one engine runs it: compiled once, bound as often as it is asked. */
export interface Plan<Parameters extends object> {
  readonly sql: string
  /** The values in the order in which the SQL asks for them. Throws when one is missing: undefined is never a value. */
  bind(parameters: Parameters): unknown[]
}

export function planOf<Parameters extends object, Row>(
  statement: Statement<Parameters, Row>,
  sql: Kysely<Tables>,
  dialect: Dialect,
): Plan<Parameters> {
  const compiled = statement.build(sql, placeholders<Parameters>(), dialect).compile()
  const slots = compiled.parameters
  return {
    sql: compiled.sql,
    bind(parameters) {
      const given = parameters as Readonly<Record<string, unknown>>
      const values = new Array<unknown>(slots.length)
      for (let at = 0; at < slots.length; at += 1) {
        const slot = slots[at]
        const value = slot instanceof Placeholder ? given[slot.parameter] : slot
        if (value === undefined) throw new TypeError(`parameter ${at + 1} is undefined in: ${compiled.sql}`)
        values[at] = value
      }
      return values
    },
  }
}

/** Stands for one value while a statement is built, so it can only be handed to the query builder as a whole. */
class Placeholder {
  readonly parameter: string

  constructor(parameter: string) {
    this.parameter = parameter
  }

  [Symbol.toPrimitive](): never {
    throw new TypeError(`the value of ${this.parameter} is not known while the statement is built`)
  }

  toJSON(): never {
    return this[Symbol.toPrimitive]()
  }
}

/** Whatever parameter is named, there is a placeholder for it. */
function placeholders<Parameters extends object>(): Parameters {
  return new Proxy({} as Parameters, {
    get: (_, parameter) => (typeof parameter === 'string' ? new Placeholder(parameter) : undefined),
    ownKeys() {
      throw new TypeError('a statement names each of its parameters')
    },
  })
}
