const most = 20

export type Tell = (sentence: string) => void

/** Tells on the console what its owner must know, each sentence once until `forget`, and not without end. */
export function createLog(): { tell: Tell; forget(): void } {
  const told = new Set<string>()
  return {
    tell(sentence) {
      if (!told.has(sentence) && told.size < most) console.error(`[userengage-relay] ${sentence}`)
      if (told.size < most) told.add(sentence)
    },
    forget: () => told.clear(),
  }
}
