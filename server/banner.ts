/** What a person reads once the shop is open. */
export interface Banner {
  readonly port: number
  /** Short names of the shops, the first of which plain `localhost` is. */
  readonly shops: readonly string[]
  /** Present when the demo is in the database. */
  readonly demo?: { readonly emails: readonly string[]; readonly password: string }
  readonly dataDir: string | undefined
  readonly seconds: number
}

/** The lines of the banner, indented, with a first call to try. */
export function bannerText({ port, shops, demo, dataDir, seconds }: Banner): string {
  const at = (host: string): string => `http://${host}:${port}`
  const lines = [
    '',
    `  Torg is open after ${seconds.toFixed(1)} s.`,
    '',
    `  Shop        ${at('localhost')}`,
    ...shops.map((slug) => `              ${at(`${slug}.localhost`)}`),
    `  API         ${at('localhost')}/docs`,
    `  Tour        ${at('localhost')}/tour`,
  ]
  if (demo !== undefined) {
    const [first, ...others] = demo.emails
    lines.push(
      '',
      `  Sign in as  ${first}`,
      ...others.map((email) => `              ${email}`),
      `  Password    ${demo.password}`,
    )
  }
  lines.push(
    '',
    '  Try         ' + `curl '${at('localhost')}/api/v1/products?limit=3'`,
    '',
    ...(dataDir === undefined
      ? []
      : [`  Data is in ${dataDir}; begin anew with npm start -- --fresh.`]),
    '  Stop with Ctrl-C.',
    '',
  )
  return lines.join('\n')
}

/** The same for a process that serves no shops: where its operators see how it is. */
export function workerBannerText({ port, seconds }: Pick<Banner, 'port' | 'seconds'>): string {
  const at = `http://localhost:${port}`
  return [
    '',
    `  A worker of Torg runs after ${seconds.toFixed(1)} s.`,
    '',
    `  Health      ${at}/readyz`,
    `  Figures     ${at}/metrics`,
    '',
  ].join('\n')
}
