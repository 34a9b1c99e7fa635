import { createRequire } from 'node:module'

/**
 * A module of ours that only some deployments need, loaded when one does: the clients of S3, Stripe and
 * OpenSearch take a fifth of a second together, and memory for as long as a process lives.
 * `import type * as S3 from './s3.ts'` and `onDemand<typeof S3>(import.meta.url, './s3.ts')`.
 */
export function onDemand<Module>(from: string, path: `./${string}.ts`): Module {
  return createRequire(from)(path) as Module
}
