/** Of threads that compute, where the system knows such a thing for threads: whoever waits for requests comes first. */
export const niceness = 10
