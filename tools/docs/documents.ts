import { environmentDoc } from '../../server/config.ts'
import { platformProblems } from '../../server/platform/http/problems.ts'
import { readSources } from '../../tests/tidy/tree.ts'
import { contextsDoc } from './contexts.ts'
import { readContracts } from './contracts.ts'
import { eventsDoc } from './events.ts'
import { problemsDoc } from './problems.ts'
import { describeProgram } from './program.ts'
import { resiliencyDoc } from './resiliency.ts'

/** Every generated document by its path from the root, as it should be now. */
export async function generatedDocuments(): Promise<Record<string, string>> {
  const contracts = readContracts(readSources())
  const { contexts, openApi } = await describeProgram()
  return {
    'docs/contexts.md': contextsDoc(contracts),
    'docs/environment.md': environmentDoc(),
    'docs/events.md': eventsDoc(contracts),
    'docs/openapi.json': `${JSON.stringify(openApi, undefined, 2)}\n`,
    'docs/problems.md': problemsDoc([
      { name: 'platform', problems: platformProblems },
      ...contexts,
    ]),
    'docs/resiliency.md': resiliencyDoc(),
  }
}
