import { existsSync, readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

import { pino } from 'pino'

import { readConfig } from '../../server/config.ts'
import { secretsFrom } from '../../server/platform/auth/secrets.ts'
import { openTokens } from '../../server/platform/auth/tokens.ts'
import type { Context, Platform } from '../../server/platform/context.ts'
import { openHttp } from '../../server/platform/http/server.ts'
import { randomIds } from '../../server/platform/ids.ts'
import { openMetrics } from '../../server/platform/telemetry/metrics.ts'
import { root } from '../../tests/tidy/tree.ts'
import { reality } from '../../server/platform/waiting.ts'

/** What the program says about itself once it is put together. */
export interface Program {
  readonly contexts: readonly Context[]
  readonly openApi: Record<string, unknown>
  /** What its router knows: see `HttpServer`. */
  readonly addresses: ReadonlySet<string>
}

/**
 * Composes the program over a platform that refuses to be used, because documents are made of what
 * contexts declare, not of what they do: no database and no port is opened.
 */
export async function describeProgram(): Promise<Program> {
  const platform = inertPlatform()
  const contexts = await composed(platform)
  const { version } = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as { version: string }
  const tourFile = `${root}README.md`
  const http = await openHttp({
    contexts,
    tenants: { byHost: async () => undefined, byId: async () => undefined },
    tokens: openTokens(platform),
    ids: platform.ids,
    secrets: platform.secrets,
    log: platform.log,
    metrics: openMetrics(),
    version,
    checks: {},
    ...(existsSync(tourFile) ? { tourFile } : {}),
  })
  await http.close()
  return { contexts, openApi: http.openApi, addresses: http.addresses }
}

/** The composition root is looked for because the platform's documents exist before it does. */
async function composed(platform: Platform): Promise<readonly Context[]> {
  const path = `${root}server/compose.ts`
  if (!existsSync(path)) return []
  const { compose } = (await import(pathToFileURL(path).href)) as {
    compose: (platform: Platform) => readonly Context[] | { readonly contexts: readonly Context[] }
  }
  const whole = compose(platform)
  return 'contexts' in whole ? whole.contexts : whole
}

function inertPlatform(): Platform {
  const refuse = (): never => {
    throw new Error('documents are made without a database')
  }
  return {
    config: readConfig({ TORG_SECRET: 'only-for-making-documents-never-for-a-shop' }, []),
    write: refuse,
    recall: refuse,
    reads: { read: refuse, readGlobal: refuse },
    clock: { now: () => 0 },
    ids: randomIds,
    ...reality,
    log: pino({ level: 'silent' }),
    secrets: secretsFrom('only-for-making-documents-never-for-a-shop'),
  }
}
