// `npm run simulate -- --seeds 100000 [--from 1] [--stop 1]`, or `-- --seed 7` for the story of one seed.
import { parseArgs } from 'node:util'
import { live } from './history.ts'

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '2000' },
    from: { type: 'string', default: '1' },
    /** How many failures end it. */
    stop: { type: 'string', default: 'Infinity' },
    seed: { type: 'string' },
  },
})

async function tellStory(seed: number): Promise<boolean> {
  const { story, broken } = await live(seed)
  console.log([...story, '', ...(broken.length > 0 ? broken : ['Every promise was kept.'])].join('\n'))
  return broken.length === 0
}

async function liveAll(from: number, count: number): Promise<boolean> {
  const failed: number[] = []
  for (let seed = from; seed < from + count && failed.length < Number(values.stop); seed++) {
    const { broken } = await live(seed)
    if (broken.length > 0) {
      failed.push(seed)
      console.log(`seed ${seed}: ${broken.slice(0, 3).join('; ')}`)
    }
    if ((seed - from + 1) % 10_000 === 0) console.log(`${seed - from + 1} histories, ${failed.length} failed`)
  }
  console.log(`${count} histories from seed ${from}: ${failed.length} failed`)
  return failed.length === 0
}

const isKept =
  values.seed === undefined
    ? await liveAll(Number(values.from), Number(values.seeds))
    : await tellStory(Number(values.seed))
process.exitCode = isKept ? 0 : 1
