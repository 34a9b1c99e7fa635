import { memorySecondLevel } from './memory-second-level.ts'
import { secondLevelConforms } from './second-level.testing.ts'

const level = memorySecondLevel({ now: Date.now })
secondLevelConforms('the second level in memory', () => level)
