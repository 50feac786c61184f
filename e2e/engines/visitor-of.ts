import type { Visitor } from './engine.ts'

/** The methods that a context of Playwright and one of Puppeteer share. */
interface Context {
  newPage(): Promise<{
    goto(url: string): Promise<unknown>
    evaluate(work: never, given: never): Promise<unknown>
    close(): Promise<void>
  }>
  close(): Promise<void>
}

export const visitorOf = (context: Context): Visitor => ({
  async tab() {
    const page = await context.newPage()
    return {
      goto: async (url) => void (await page.goto(url)),
      run: (work, given) => page.evaluate(work as never, given as never) as never,
      close: () => page.close(),
    }
  },
  leave: () => context.close(),
})
