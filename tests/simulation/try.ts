import { runRange } from './worker.ts'

const a = await runRange({ from: 1, to: 200 })
const c1 = process.cpuUsage()
const b = await runRange({ from: 200, to: 700 })
const c2 = process.cpuUsage()
const ms = (x: NodeJS.CpuUsage, y: NodeJS.CpuUsage) =>
  (y.user + y.system - x.user - x.system) / 1000
console.log(
  'warm cpu ms/seed',
  ms(c1, c2) / b.seeds,
  'us/step',
  (ms(c1, c2) * 1000) / b.steps,
  'steps/seed',
  b.steps / b.seeds,
  a.failures,
  b.failures,
)
