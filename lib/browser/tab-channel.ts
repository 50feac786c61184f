import type { OpenChannel } from '../delivery/ports.ts'
import type { TabMessage } from '../delivery/tab-message.ts'

/** The channel by which the tabs of a site talk about one queue; where the browser forbids it, nobody hears anything. */
export const channelOpener =
  (queue: string): OpenChannel =>
  (onMessage) => {
    const channel = openChannel(queue)
    channel?.addEventListener('message', ({ data }: MessageEvent<TabMessage>) => onMessage(data))
    return {
      post: (message) => channel?.postMessage(message),
      close: () => channel?.close(),
    }
  }

/** Where storage is forbidden, Firefox forbids the channel as well: it throws. */
function openChannel(name: string): BroadcastChannel | undefined {
  try {
    return new BroadcastChannel(name)
  } catch {
    return undefined
  }
}
