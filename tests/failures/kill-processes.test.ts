/** The crash harness once more, shorter and with two processes that serve requests and two workers. */
process.env['TEST_PROCESSES'] ??= '2+2'
process.env['TEST_KILLS'] ??= '8'
await import('./kill.test.ts')
