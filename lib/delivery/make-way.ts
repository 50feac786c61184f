import type { Outbox } from './outbox-types.ts'
import type { Time } from './ports.ts'
import type { Sender } from './sender-types.ts'

/** How often to look whether the session may end, in milliseconds. */
const lookMs = 20

/** How long the database may take for what is still to be written, in milliseconds: the page waits no longer for it. */
const patienceMs = 10_000

/**
 * Makes way for a page that has begun: no request begins any more, and the page claims what waits as soon as the answer
 * to the last one is there. So the order holds, and no answer is lost.
 */
export async function makeWay(
  { sender, outbox }: { sender: Sender; outbox: Outbox },
  time: Time,
): Promise<void> {
  sender.stop()
  outbox.announceYield()
  const until = time.monotonic() + patienceMs
  while (sender.inFlight() > 0 || (outbox.isBusy() && time.monotonic() < until)) await time.pause(lookMs)
  outbox.end(false)
}
