/** A way from a page to the sandbox. */
export interface Way {
  id: 'direct' | 'proxy' | 'post' | 'relay'
  name: string
}

/** From the least to the most. Nothing stands between page and sandbox in the first. */
export const ways: Way[] = [
  { id: 'direct', name: 'straight to the Segment endpoint' },
  { id: 'proxy', name: 'by a bare reverse proxy' },
  { id: 'post', name: 'by a backend that only posts the event to the REST API' },
  { id: 'relay', name: 'by the relay, to the REST API' },
]
