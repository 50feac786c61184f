import { abreast, count, type RelayWay, rounds, users } from '../../relay/measure.ts'
import { ways } from '../../relay/ways.ts'
import { distributionOf } from '../statistics.ts'
import { table } from './tables.ts'

/** What a message costs by each way; milliseconds are told beyond the least, which is no way between at all. */
function relays(relay: RelayWay[]): string {
  const direct = relay.find(({ way }) => way === 'direct')?.latency ?? []
  const rows = relay.map(({ way, rate, cpu, latency }) => [
    ways.find(({ id }) => id === way)?.name ?? way,
    spread(rate, 0),
    cpu.length > 0 ? spread(cpu, 2) : '–',
    spread(latency, 2),
    way === 'direct' || direct.length === 0
      ? '–'
      : (distributionOf(latency).median - distributionOf(direct).median).toFixed(2),
  ])
  return table(['', 'messages per second', 'processor time, ms', 'answer after, ms', 'added, ms'], rows)
}

function spread(samples: number[], digits: number): string {
  const { median, lower, upper } = distributionOf(samples)
  return `${median.toFixed(digits)} (${lower.toFixed(digits)}–${upper.toFixed(digits)})`
}

export const relaySection = (relay: RelayWay[]): string => `## The relay

One instance of each way before the same sandbox, in turns: ${rounds} rounds of ${count.toLocaleString('en')} \`track\` messages of ${users} users, ${abreast} at once; here more is
better. Then one message at a time: how long until it is answered, and how much of that the way adds. Processor time is that of
the process between; sandbox and load share the machine with it.

${relays(relay)}

The relay makes two things of what is one for a reverse proxy: it checks a message, keeps a user's messages in order and writes each
once, and it turns it into the calls of the REST API. The second row has none of that, the third only the last, and neither tries again.`
