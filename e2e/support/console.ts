import type { Page } from '@playwright/test'

/** The lines of the plugin on the console, without what is within their groups, as they come in. */
export function pluginLines(page: Page): string[] {
  const lines: string[] = []
  page.on('console', (line) => {
    if (line.text().startsWith('[UserEngage]')) lines.push(line.text())
  })
  return lines
}

/** Lines without what differs from run to run: the ids are numbered, as they come. */
export function masked(lines: string[]): string[] {
  const ids: string[] = []
  const numberOf = (id: string): number => {
    if (!ids.includes(id)) ids.push(id)
    return ids.indexOf(id) + 1
  }
  return lines.map((line) =>
    line
      .replace('[UserEngage] ', '')
      .replace(/#(\w{4})\b/, (_, id) => `#${numberOf(id)}`)
      .replace(/ajs-next-[\w-]+/, 'MESSAGE-ID')
      .replace(/^\d+\.\d+\.\d+/, 'VERSION')
      .replace(/http:\/\/\S+\/(?=[\s.])/g, 'URL')
      .replace(/\d+(\.\d)? s\b/g, 'N s')
      .replace(/\d\d:\d\d:\d\d/, 'TIME'),
  )
}
