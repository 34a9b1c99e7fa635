import fastifySwagger from '@fastify/swagger'
import fastifySwaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance } from 'fastify'

/** The browsable documentation; everything it loads comes from here. */
export async function addDocs(
  fastify: FastifyInstance,
  document: Record<string, unknown>,
): Promise<void> {
  await fastify.register(fastifySwagger, {
    mode: 'static',
    specification: { document: document as never },
  })
  await fastify.register(fastifySwaggerUi, {
    routePrefix: '/docs',
    // The badge of swagger.io's validator would call outside.
    uiConfig: { validatorUrl: null, docExpansion: 'list', tryItOutEnabled: true },
    staticCSP:
      "default-src 'none'; connect-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; base-uri 'none'; frame-ancestors 'none'",
    theme: {
      title: 'Torg API',
      css: [{ filename: 'torg.css', content: '.swagger-ui .topbar { display: none }' }],
    },
  })
}
