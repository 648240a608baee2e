/** Whether this node can serve. */
export interface Health {
  isReady(): Promise<boolean>
  /** Says no from now on: the node is about to stop. */
  withdraw(): void
}

/** `ping` asks what the node cannot do without; one question at a time, so that asking often costs the database nothing. */
export function openHealth(ping: () => Promise<unknown>, { timeoutMs = 2000 } = {}): Health {
  let withdrawn = false
  let asking: Promise<boolean> | null = null

  async function ask(): Promise<boolean> {
    const { promise: late, resolve } = Promise.withResolvers<false>()
    const timer = setTimeout(() => resolve(false), timeoutMs)
    try {
      return await Promise.race([ping().then(() => true), late])
    } catch {
      return false
    } finally {
      clearTimeout(timer)
      asking = null
    }
  }

  return {
    async isReady() {
      if (withdrawn) return false
      asking ??= ask()
      return (await asking) && !withdrawn
    },
    withdraw() {
      withdrawn = true
    },
  }
}
