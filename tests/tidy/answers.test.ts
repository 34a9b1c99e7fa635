/** What the server compiles only when somebody first asks for it can be compiled, of every operation. */
import assert from 'node:assert/strict'
import { test } from 'node:test'

import Fastify from 'fastify'
import { type TSchema, Type } from 'typebox'

import { check, plain } from '../../server/platform/http/schema.ts'
import { describeProgram } from '../../tools/docs/program.ts'

/** The answers that cannot be written, with the reason. */
async function unwritten(answers: Readonly<Record<string, TSchema>>): Promise<readonly string[]> {
  const fastify = Fastify()
  fastify.get('/', (_request, reply) =>
    Object.entries(answers).flatMap(([id, answer]) => {
      try {
        reply.compileSerializationSchema({ ...plain(answer, false) })
        return []
      } catch (error) {
        return [`${id}: ${String(error)}`]
      }
    }),
  )
  const { body } = await fastify.inject('/')
  await fastify.close()
  return JSON.parse(body) as readonly string[]
}

test('every answer can be written and every input checked', async () => {
  const { contexts } = await describeProgram()
  const routes = contexts.flatMap((context) => context.routes)
  assert(routes.length > 80)
  const answers = routes.map(({ id, answer }) => [id, answer.body] as const)
  assert.deepEqual(await unwritten(Object.fromEntries(answers)), [])
  for (const { body, query, params } of routes) {
    for (const schema of [body, query, params]) {
      if (schema !== undefined) check(plain(schema, true), 'body')({})
    }
  }
})

test('an answer that names what is nowhere is found', async () => {
  const found = await unwritten({ sound: Type.String(), lost: Type.Ref('Nowhere') })
  assert.equal(found.length, 1)
  assert.match(found.join(), /^lost: /)
})
