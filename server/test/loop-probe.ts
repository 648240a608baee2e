// Imported into a server before anything else of it. At SIGUSR2 it says how much processor time, in milliseconds, one turn of the server's event loop
// has taken at most since it was asked last: whatever else the machine does at the time does not count.

let longestUs = 0
let before = process.threadCpuUsage()

function turn(): void {
  const { user, system } = process.threadCpuUsage(before)
  before = process.threadCpuUsage()
  longestUs = Math.max(longestUs, user + system)
  setImmediate(turn).unref()
}

process.on('SIGUSR2', () => {
  process.stdout.write(`longest turn: ${longestUs / 1000} ms\n`)
  longestUs = 0
})
turn()
