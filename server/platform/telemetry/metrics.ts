import { collectDefaultMetrics, Histogram, Registry } from 'prom-client'

/** What a process counts. Anyone may add metrics to `registry`; `/metrics` serves them all. */
export interface Metrics {
  readonly registry: Registry
  /** Duration, and by its count number, of answers by route and status. */
  answered(route: string): (status: number, seconds: number) => void
}

/** Opens a registry with the process's own figures (memory, CPU, event loop lag, collections). */
export function openMetrics(): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const durations = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from the first byte of a request to the last of its answer.',
    labelNames: ['route', 'status'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [registry],
  })

  return {
    registry,
    answered(route) {
      const byStatus = new Map<number, (seconds: number) => void>()
      return (status, seconds) => {
        let observe = byStatus.get(status)
        if (observe === undefined) {
          const child = durations.labels(route, String(status))
          observe = (value) => child.observe(value)
          byStatus.set(status, observe)
        }
        observe(seconds)
      }
    },
  }
}
