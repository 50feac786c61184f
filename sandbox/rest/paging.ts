import type { Slices } from '../database/rest-lists.ts'
import { type Answer, type Call, ok, refused } from './call.ts'

const pageSize = 100

/** A page of a list, with the addresses of those beside it. Their cursor is nothing that a client should read. */
export function page<Item>(
  { url }: Call,
  list: Slices<Item>,
  of: string | number,
  shown: (item: Item) => unknown = (item) => item,
): Answer {
  const offset = offsetOf(url.searchParams.get('cursor'))
  const count = list.count(of)
  if (offset === undefined || (offset > 0 && offset >= count)) return refused(404, 'Invalid cursor')
  return ok({
    count,
    next: offset + pageSize < count ? at(url, offset + pageSize) : null,
    previous: offset > 0 ? at(url, Math.max(0, offset - pageSize)) : null,
    results: list.slice(of, pageSize, offset).map(shown),
  })
}

function offsetOf(cursor: string | null): number | undefined {
  if (cursor === null) return 0
  const offset = /^o=(\d{1,15})$/.exec(Buffer.from(cursor, 'base64url').toString())?.[1]
  return offset === undefined ? undefined : Number(offset)
}

function at(url: URL, offset: number): string {
  const there = new URL(url)
  if (offset === 0) there.searchParams.delete('cursor')
  else there.searchParams.set('cursor', Buffer.from(`o=${offset}`).toString('base64url'))
  return there.href
}
