import { DatabaseUnavailable } from '../engine.ts'
import { type PlainError, reviveError } from './messages.ts'

export type Reply =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly error: PlainError }

/** What was asked of another thread or process and is not answered yet. */
export interface Questions {
  /** `send` may throw: then nothing was asked. */
  ask(send: (id: number) => void): Promise<unknown>
  settle(reply: Reply): void
  /** Nobody will answer any more, for the first reason that is given. */
  lose(reason: Error): void
  /** Why nothing can be asked any more; null while it can. */
  lost(): Error | null
  /** Takes no more, and waits for what was asked. */
  finish(): Promise<void>
}

/** `of` names who is asked, for the log. */
export function openQuestions(of: string, waitingMax: number): Questions {
  const pending = new Map<number, PromiseWithResolvers<unknown>>()
  let lost: Error | null = null
  let lastId = 0
  return {
    async ask(send) {
      if (lost !== null) throw lost
      if (pending.size >= waitingMax) throw new DatabaseUnavailable(`Too many wait for the ${of} of the database.`)
      const id = ++lastId
      send(id)
      const asker = Promise.withResolvers<unknown>()
      pending.set(id, asker)
      return asker.promise
    },
    settle(reply) {
      const asker = pending.get(reply.id)
      pending.delete(reply.id)
      if ('error' in reply) asker?.reject(reviveError(reply.error))
      else asker?.resolve(reply.value)
    },
    lose(reason) {
      lost ??= reason
      for (const asker of pending.values()) asker.reject(lost)
      pending.clear()
    },
    lost: () => lost,
    async finish() {
      lost ??= new DatabaseUnavailable('The database is closed.')
      await Promise.allSettled(Array.from(pending.values(), (asker) => asker.promise))
    },
  }
}
