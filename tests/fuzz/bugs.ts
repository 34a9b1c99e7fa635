/** What the fuzzer must catch; a part of `BUGS`. `FUZZ_REQUESTS=2000` is enough for each. */

const HTTP = 'server/platform/http'

function bug(name: string, file: string, right: string, wrong: string) {
  return { name, caughtBy: 'tests/fuzz/fuzz.test.ts', edits: [{ file, right, wrong }] }
}

export const FUZZ_BUGS = [
  bug(
    'fuzz: a handler throws on an odd place in a list',
    'server/platform/keyset.ts',
    `ID_PATTERN = '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}'`,
    `ID_PATTERN = '[0-9a-f-]{36}'`,
  ),
  bug(
    'fuzz: an answer has a status nobody documented',
    `${HTTP}/operation.ts`,
    'reply.code(status ?? goodStatus)',
    'reply.code(status ?? (goodStatus === 202 ? 200 : goodStatus))',
  ),
  bug(
    'fuzz: a refusal is unlike its schema',
    `${HTTP}/answers.ts`,
    'const problem = book.problem(refused, request.id)',
    'const problem = { ...book.problem(refused, request.id), instance: 1 as unknown as string }',
  ),
  bug(
    'fuzz: a refusal shows a stack trace',
    `${HTTP}/body.ts`,
    `reason: 'it breaks off or has a wrong character'`,
    `reason: String(new Error('odd').stack)`,
  ),
  bug(
    'fuzz: an answer to an odd text takes long',
    `${HTTP}/text.ts`,
    `if (text.includes('\\0')) return`,
    `if (text.includes('\\0')) for (const end = Date.now() + 2_100; Date.now() < end; );
  if (text.includes('\\0')) return`,
  ),
  bug(
    'fuzz: a table that is sent while it is written begins late',
    `${HTTP}/operation.ts`,
    'return goodStatus === 204 ? reply.send() : sendBody(reply, body)',
    `if (Object(body).readable === true) await new Promise((late) => setTimeout(late, 2_100))
    return goodStatus === 204 ? reply.send() : sendBody(reply, body)`,
  ),
  bug(
    'fuzz: a repeated answer is not marked',
    `${HTTP}/operation.ts`,
    'if (replayed === true)',
    'if (replayed === undefined)',
  ),
  bug(
    'fuzz: what a body holds is not checked',
    `${HTTP}/operation.ts`,
    'if (inPath.length + inQuery.length === 0) return inBody',
    'if (inPath.length + inQuery.length === 0) return []',
  ),
  {
    name: 'fuzz: a refusal leaves a hole in its sentence',
    caughtBy: 'tests/fuzz/fuzz.test.ts',
    edits: [
      {
        file: 'server/contexts/cart/http/problems.ts',
        right: `detail: 'This shop does not sell {sku}.'`,
        wrong: `detail: 'This shop does not sell {article}.'`,
      },
      {
        file: `${HTTP}/problems.ts`,
        right: 'if (fact === undefined) complete = false',
        wrong: 'if (fact === undefined) return `{${name}}`',
      },
    ],
  },
  bug(
    'fuzz: an answer has more fields than its schema',
    'server/contexts/tenants/http/routes.ts',
    `        body: {
          slug,`,
    `        headers: { 'content-type': 'application/json' },
        body: Buffer.from(JSON.stringify({ id: tenant.id, slug, name, currency, languages })),
      })
      return accept({
        body: {
          slug,`,
  ),
]
