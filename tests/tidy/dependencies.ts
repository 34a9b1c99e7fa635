/** The parts of package.json these rules read. */
export interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

/** The parts of package-lock.json (version 3) these rules read. */
export interface Lockfile {
  readonly lockfileVersion: number
  readonly packages: Readonly<Record<string, LockedPackage>>
}

export interface LockedPackage {
  readonly version?: string
  readonly resolved?: string
  readonly integrity?: string
  readonly license?: string
  readonly link?: boolean
  /** It comes inside the package above it, whose hash covers it. */
  readonly inBundle?: boolean
  readonly dev?: boolean
  readonly hasInstallScript?: boolean
  readonly os?: readonly string[]
  readonly cpu?: readonly string[]
  readonly libc?: readonly string[]
}

const REGISTRY = 'https://registry.npmjs.org/'
const EXACT = /^\d+\.\d+\.\d+(-[\w.]+)?(\+[\w.]+)?$/
/** Eight of them are what pages are made of; they come from four makers. */
const MOST_DIRECT = 32
/** Of those that a machine is given; the binaries of other machines are in the lock and nowhere else. */
const MOST_AT_RUN_TIME = 200
const MACHINE = { os: 'linux', cpu: 'x64', libc: 'glibc' } as const

/** Terms that let a shop run, change and pass on Torg. */
const LICENSES = new Set([
  'MIT',
  'MIT-0',
  'ISC',
  '0BSD',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'Unlicense',
  'Zlib',
  'CC0-1.0',
  'CC-BY-4.0',
  'Python-2.0',
  'PostgreSQL',
])

/**
 * Of packages that are only linked at run time and can be exchanged, as the LGPL asks: libvips with its
 * decoders, which `sharp` loads. Whoever ships a copy of Torg ships their source or says where it is.
 */
const LINKED = /^@img\/sharp-/
const LINKED_LICENSE = 'LGPL-3.0-or-later'

/** Fonts: passed on as they are and not sold alone, which is all that their license asks. */
const FONTS = /^@fontsource-variable\//
const FONT_LICENSE = 'OFL-1.1'
/** Asks for the source of its own files when they are passed on; tools are not. */
const TOOL_LICENSE = 'MPL-2.0'

/** Packages whose license the lockfile does not state or states otherwise, looked up by a person. */
const LOOKED_UP: Readonly<Record<string, string>> = {}

/**
 * What the supply chain must look like (requirement R29): exact versions with a reason each, every
 * package from one registry with a hash, known terms, and not too many of them.
 */
export function dependencyViolations(manifest: Manifest, lock: Lockfile, record: string): string[] {
  return [
    ...manifestViolations(manifest, record),
    ...lockViolations(lock),
    ...countViolations(manifest, lock),
  ]
}

function manifestViolations(manifest: Manifest, record: string): string[] {
  const all = {
    ...manifest.dependencies,
    ...manifest.devDependencies,
    ...manifest.optionalDependencies,
  }
  const found: string[] = []
  const recorded = new Set([...record.matchAll(/^\| `([^`]+)`/gm)].map(([, name]) => name))

  for (const [name, version] of Object.entries(all)) {
    if (!EXACT.test(version)) found.push(`${name}: ${version} is no exact version`)
    if (!recorded.has(name))
      found.push(`${name}: say in docs/decisions/dependencies.md what it is for and why this one`)
  }
  for (const name of recorded)
    if (name !== undefined && !(name in all))
      found.push(`${name}: is in docs/decisions/dependencies.md but not in package.json`)
  return found
}

/** What a lockfile of ours must not say, its packages’ licenses included. */
export function lockViolations({ lockfileVersion, packages }: Lockfile): string[] {
  const found = lockfileVersion === 3 ? [] : ['package-lock.json: is not of version 3']
  for (const [path, locked] of Object.entries(packages)) {
    if (path === '') continue
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)
    if (locked.link) found.push(`${path}: is a link, not a package`)
    if (!locked.inBundle && !locked.integrity?.startsWith('sha512-'))
      found.push(`${path}: has no sha512 integrity`)
    // Without `resolved` npm asks the configured registry, whose name is then no part of the lock.
    const from = locked.resolved ?? REGISTRY
    if (!from.startsWith(REGISTRY)) found.push(`${path}: is not from ${REGISTRY}`)
    if (!EXACT.test(locked.version ?? '')) found.push(`${path}: has no version`)
    const license = LOOKED_UP[name] ?? locked.license
    if (license === undefined) found.push(`${path}: states no license; look it up`)
    else if (!mayBeUsed(name, license, locked.dev === true))
      found.push(`${path}: ${license} is not on the list of licenses`)
  }
  return found
}

function mayBeUsed(name: string, license: string, isTool: boolean): boolean {
  if (FONTS.test(name) && license === FONT_LICENSE) return true
  if (isTool && license === TOOL_LICENSE) return true
  return isAllowed(LINKED.test(name) ? withoutLinked(license) : license)
}

/** The other licenses of a package that is linked. */
function withoutLinked(license: string): string {
  const others = license.split(' AND ').filter((each) => each !== LINKED_LICENSE)
  return others.length === 0 ? 'MIT' : others.join(' AND ')
}

/** `(MIT OR Apache-2.0)` needs one of them, `MIT AND ISC` all. */
function isAllowed(license: string): boolean {
  const bare = license.replace(/^\((.*)\)$/, '$1')
  if (bare.includes(' OR ')) return bare.split(' OR ').some(isAllowed)
  if (bare.includes(' AND ')) return bare.split(' AND ').every(isAllowed)
  return LICENSES.has(bare)
}

function countViolations(manifest: Manifest, { packages }: Lockfile): string[] {
  const direct = Object.keys(manifest.dependencies ?? {}).length
  const atRunTime = Object.entries(packages).filter(
    ([path, locked]) => path !== '' && !locked.dev && isForMachine(locked),
  ).length
  return [
    ...(direct > MOST_DIRECT ? [`${direct} direct dependencies; at most ${MOST_DIRECT}`] : []),
    ...(atRunTime > MOST_AT_RUN_TIME
      ? [`${atRunTime} packages at run time; at most ${MOST_AT_RUN_TIME}`]
      : []),
  ]
}

/** Whether npm installs it where most shops run. */
function isForMachine({ os, cpu, libc }: LockedPackage): boolean {
  return (
    (os?.includes(MACHINE.os) ?? true) &&
    (cpu?.includes(MACHINE.cpu) ?? true) &&
    (libc?.includes(MACHINE.libc) ?? true)
  )
}
