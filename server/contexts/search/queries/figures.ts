import type { Figure } from '#platform/context'

import type { SearchEngine } from '../domain/engine.ts'
import type { Indexes } from './indexes.ts'
import type { Search } from './search.ts'
import type { StockLooks } from './stock-looks.ts'

/** What an operator watches of search: whether it answers from memory, and how much of that it takes. */
export function searchFigures({
  indexes,
  engine,
  search,
  looks,
}: {
  readonly indexes: Indexes
  readonly engine: SearchEngine
  readonly search: Search
  readonly looks: StockLooks
}): readonly Figure[] {
  const { figures: answers } = search
  return [
    {
      name: 'torg_search_hits',
      help: 'Searches answered by what was remembered of the same question, since the start.',
      read: () => answers.hits,
    },
    {
      name: 'torg_search_misses',
      help: 'Searches that had to be made, since the start.',
      read: () => answers.misses,
    },
    {
      name: 'torg_search_answers_bytes',
      help: 'Memory that remembered answers take, roughly.',
      read: () => answers.bytes(),
    },
    {
      name: 'torg_search_index_bytes',
      help: 'Memory that the indexes of all shops take, roughly.',
      read: () => indexes.figures.bytes,
    },
    {
      name: 'torg_search_index_shops',
      help: 'Shops that are in memory to be searched.',
      read: () => indexes.figures.shops,
    },
    {
      name: 'torg_search_index_products',
      help: 'Products that are in memory to be searched.',
      read: () => indexes.figures.products,
    },
    {
      name: 'torg_search_index_loads',
      help: 'Shops read into memory since the start; many more than shops: memory is short.',
      read: () => indexes.figures.loads,
    },
    {
      name: 'torg_search_engine_fallbacks',
      help: 'Searches the built-in engine answered because the chosen one could not, since the start.',
      read: () => engine.figures.fallbacks,
    },
    {
      name: 'torg_search_stock_known',
      help: 'Products shown whose stock was known, since the start.',
      read: () => looks.figures.known,
    },
    {
      name: 'torg_search_stock_read',
      help: 'Products shown whose stock was read, since the start.',
      read: () => looks.figures.read,
    },
  ]
}
