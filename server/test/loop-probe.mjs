// Plain JavaScript: to strip types off it, a server would load 18 MiB that it does without, and its memory is looked at, too.
// Imported into a server before anything else of it. At SIGUSR2 it says how much processor time, in milliseconds, one turn of the server's event loop
// has taken at most since it was asked last: whatever else the machine does at the time does not count.

let longestUs = 0
let before = process.threadCpuUsage()

function turn() {
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
