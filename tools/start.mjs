// One command for everything, on whatever Node the shell has (20.20 or newer) and with nothing
// installed: `node tools/start.mjs <verb> [args]`. It installs what is missing and hands over to the
// pinned Node. Plain JavaScript on purpose: older Nodes do not read TypeScript.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** What each verb runs, and the flags Node itself needs for it. */
const VERBS = {
  start: ['server/main.ts'],
  dev: ['--watch', '--watch-preserve-output', 'server/main.ts'],
  check: ['tools/check.ts'],
  test: ['tools/test.ts'],
  bench: ['bench/main.ts'],
  'bench-web': ['bench/main.ts', 'web'],
  crash: ['tools/crash.ts'],
  fuzz: ['tests/fuzz/main.ts'],
  simulation: ['tests/simulation/main.ts'],
  verify: ['tools/verify.ts'],
  reindex: ['tools/reindex.ts'],
  docs: ['tools/docs.ts'],
  'api-client': ['tools/api-client/generate.js'],
  statements: ['tools/statements.ts'],
  backup: ['tools/backup.ts'],
  restore: ['tools/restore.ts'],
  drill: ['tools/restore-drill.ts'],
  shots: ['tools/shots.ts'],
}

/** Of those the ones that serve pages. */
const WITH_PAGES = ['start', 'dev', 'test', 'bench', 'bench-web', 'fuzz', 'crash', 'shots']

const OLDEST_NODE = 24

const [verb = '', ...args] = process.argv.slice(2)
const command = Object.hasOwn(VERBS, verb) ? VERBS[verb] : undefined
if (command === undefined) {
  leave(`"${verb}" is not one of ${Object.keys(VERBS).join(', ')}.`)
}
await ensureInstalled()
const node = findNode()
if (WITH_PAGES.includes(verb)) buildStore(node)
handOver(node, [...command, ...args])

/** Says what is wrong and ends. */
function leave(sentence) {
  process.stderr.write(`${sentence}\n`)
  process.exit(1)
}

/** Runs `npm ci` unless what is installed is what the lockfile says. */
async function ensureInstalled() {
  const lockfile = join(root, 'package-lock.json')
  const stampFile = join(root, 'node_modules', '.torg-installed')
  const hash = createHash('sha256').update(readFileSync(lockfile)).digest('hex')
  const stamp = existsSync(stampFile) ? readFileSync(stampFile, 'utf8') : ''
  if (stamp === hash) return
  if (!matchesLockfile(lockfile)) await install()
  try {
    writeFileSync(stampFile, hash)
  } catch (error) {
    leave(reasonOf(String(error)))
  }
}

/**
 * Whether somebody's own `npm install` or `npm ci` already did the work: npm notes what it installed
 * in a lockfile of its own inside node_modules.
 */
function matchesLockfile(lockfile) {
  const notes = join(root, 'node_modules', '.package-lock.json')
  if (!existsSync(notes)) return false
  try {
    const wanted = JSON.parse(readFileSync(lockfile, 'utf8')).packages
    const found = JSON.parse(readFileSync(notes, 'utf8')).packages
    return Object.entries(wanted).every(
      ([path, { version, integrity, optional, devOptional }]) =>
        path === '' ||
        (found[path] === undefined
          ? optional === true || devOptional === true
          : found[path].version === version && found[path].integrity === integrity),
    )
  } catch {
    // Damaged notes say nothing; a clean install mends them.
    return false
  }
}

async function install() {
  const since = performance.now()
  const seconds = () => `${Math.round((performance.now() - since) / 1000)} s`
  const packages = Object.keys(
    JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages,
  ).length
  // Where the output goes to a file it is not false but absent.
  const live = Boolean(process.stdout.isTTY)
  // Short enough for 80 columns: a line that wraps cannot be written over.
  const words = `Installing Node, PostgreSQL and up to ${packages} packages, once`
  process.stdout.write(`  … ${words}${live ? '' : '\n'}`)
  const ticker = setInterval(
    () =>
      process.stdout.write(
        live ? `\r  … ${words} ${seconds()}` : `    still at it, ${seconds()}\n`,
      ),
    live ? 1000 : 10_000,
  )

  // The npm that runs this script, or the one on the path.
  const npm = process.env['npm_execpath']
  const ci = ['ci', '--no-audit', '--no-fund', '--loglevel=error']
  // Its own settings travel by environment; those of this `npm start` must not reach it.
  const options = { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] }
  const child =
    npm?.endsWith('.js') === true
      ? spawn(process.execPath, [npm, ...ci], options)
      : spawn('npm', ci, { ...options, shell: process.platform === 'win32' })
  let stopped = false
  const stopChild = () => {
    if (!stopped) process.stdout.write('\n  Stopping…\n')
    stopped = true
    clearInterval(ticker)
    child.kill('SIGTERM')
    // npm may take long to tidy up what the next start replaces anyway.
    setTimeout(() => child.kill('SIGKILL'), 2000).unref()
  }
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  for (const signal of signals) process.on(signal, stopChild)

  let said = ''
  for (const output of [child.stdout, child.stderr]) {
    output.on('data', (chunk) => (said = (said + chunk).slice(-4000)))
  }
  const code = await new Promise((done) => {
    child.on('error', (error) => {
      said += error.message
      done(1)
    })
    child.on('close', (status) => done(status ?? 1))
  })
  clearInterval(ticker)
  for (const signal of signals) process.off(signal, stopChild)
  if (stopped) process.exit(130)
  if (code !== 0) {
    leave(`\n\n${said.trim()}\n\n${reasonOf(said)}`)
  }
  process.stdout.write(
    `${live ? '\r\u001b[K' : ''}  ✓ ${live ? words : 'Installed'} (${seconds()})\n`,
  )
}

function reasonOf(said) {
  if (/ENOSPC/.test(said)) return 'The disk is full; free about 500 MB and start again.'
  if (/EACCES|EPERM|EROFS/.test(said)) return `This user may not write to ${root}/node_modules.`
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ECONNRESET|network/i.test(said)) {
    return 'The packages could not be fetched; check the network and start again.'
  }
  return 'Installing failed; what npm said is above.'
}

/** The pinned Node of this platform's package, or the shell's own when it is new enough. */
function findNode() {
  const pinned = join(
    root,
    'node_modules',
    '.bin',
    process.platform === 'win32' ? 'node.cmd' : 'node',
  )
  if (existsSync(pinned) && majorOf(pinned) >= OLDEST_NODE) return pinned
  if (majorOf(process.execPath) >= OLDEST_NODE) return process.execPath
  return leave(
    `Torg runs on Node ${OLDEST_NODE} or newer; there is no pinned one for this machine (${process.platform} ${process.arch}), and yours is ${process.version}: install a newer Node.`,
  )
}

function majorOf(node) {
  if (node === process.execPath) return Number.parseInt(process.versions.node, 10)
  const { stdout } = spawnSync(node, ['--version'], {
    encoding: 'utf8',
    shell: process.platform === 'win32',
  })
  return Number.parseInt(stdout?.slice(1) ?? '0', 10) || 0
}

/** Makes the pages that are served, unless they are made of just these sources. */
function buildStore(program) {
  const { status } = spawnSync(program, [join(root, 'tools', 'build-store.ts')], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
  if (status !== 0) process.exit(status ?? 1)
}

/** Where Node may keep compiled code: the data folder, once it is known to be ours. */
function compileCache() {
  const given = process.env['DATA_DIR']?.trim()
  const dataDir = resolve(root, given || '.torg')
  const isOurs = !given || existsSync(join(dataDir, 'torg-data'))
  return process.env['NODE_COMPILE_CACHE'] === undefined && isOurs
    ? { NODE_COMPILE_CACHE: join(dataDir, 'compile-cache') }
    : {}
}

/** Becomes the child as far as a parent can: passes signals on, ends with its exit code. */
function handOver(node, words) {
  const bin = join(root, 'node_modules', '.bin')
  const child = spawn(node, words, {
    cwd: root,
    // The channel carries nothing: the server sees it close should this launcher be killed.
    stdio: verb === 'start' ? ['inherit', 'inherit', 'inherit', 'ipc'] : 'inherit',
    shell: process.platform === 'win32',
    env: {
      ...process.env,
      PATH: `${bin}${process.platform === 'win32' ? ';' : ':'}${process.env['PATH'] ?? ''}`,
      ...compileCache(),
    },
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => child.kill(signal))
  }
  // npm passes SIGTERM to its shell, and some shells die of it without telling their child; a killed
  // npm tells nobody. Whoever is orphaned under npm was meant as well.
  const parents = parentsUnderNpm()
  if (process.env['npm_lifecycle_event'] !== undefined) {
    setInterval(() => parentsUnderNpm() !== parents && child.kill('SIGTERM'), 500).unref()
  }
  child.on('error', (error) => leave(`${node} did not start: ${error.message}`))
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code ?? 1)
    // Ended by a signal: 128 and its number, as a shell would say it.
    process.exit(128 + ({ SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGTERM: 15 }[signal] ?? 0))
  })
}

/**
 * Our parent and, where that is npm's shell, its parent, which is npm. npm's own parent is not asked:
 * `nohup npm start &` outlives its terminal. Off Linux only the parent is known.
 */
function parentsUnderNpm() {
  const shell = process.ppid
  try {
    const status = readFileSync(`/proc/${shell}/status`, 'utf8')
    const isShell = /^Name:\s*(sh|dash|bash|ash|busybox|zsh)$/m.test(status)
    return isShell ? `${shell} ${/^PPid:\s*(\d+)/m.exec(status)?.[1]}` : `${shell}`
  } catch {
    // No /proc here, or the shell went between the question and the answer.
    return `${shell}`
  }
}
