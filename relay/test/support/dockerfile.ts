import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, statSync, symlinkSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'

interface Step {
  instruction: string
  text: string
}
interface Stage {
  name: string | undefined
  steps: Step[]
}

/** The stages of a Dockerfile whose instructions have a line each. */
export function readDockerfile(file: string): Stage[] {
  const stages: Stage[] = []
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    const [, instruction = '', text = ''] = /^([A-Z]+) +(.+)$/.exec(line) ?? []
    if (instruction === 'FROM') stages.push({ name: / AS (\w+)$/.exec(text)?.[1], steps: [] })
    else if (instruction) stages.at(-1)?.steps.push({ instruction, text })
  }
  return stages
}

/** What a stage says of one instruction, such as its last `ENTRYPOINT`. */
export const last = (stage: Stage | undefined, instruction: string): string =>
  stage?.steps.filter((step) => step.instruction === instruction).at(-1)?.text ?? ''

/** The files that `COPY` takes, and where they go. */
export function copies(text: string): { from: string | undefined; sources: string[]; target: string } {
  const words = text.split(/ +/)
  const from = words.find((word) => word.startsWith('--from='))?.slice('--from='.length)
  const paths = words.filter((word) => !word.startsWith('--'))
  return { from, sources: paths.slice(0, -1), target: paths.at(-1) ?? '' }
}

/**
 * Does by hand, in `folder`, what `docker build` does to the files: WORKDIR, COPY and RUN. Only the image of Node.js is
 * that of this machine, and `npm ci` is what the repository has installed already. Returns the last folder.
 */
export function build(stages: Stage[], context: string, folder: string): string {
  const directories = new Map<string | undefined, string>()
  let directory = ''
  for (const [index, { name, steps }] of stages.entries()) {
    const root = join(folder, String(index))
    directories.set(name, root)
    directory = root
    for (const { instruction, text } of steps) {
      if (instruction === 'WORKDIR') directory = join(root, text)
      if (instruction === 'WORKDIR') mkdirSync(directory, { recursive: true })
      if (instruction === 'COPY') copy(text, context, directories, directory)
      if (instruction === 'RUN' && text.startsWith('npm ci'))
        symlinkSync(resolve(context, 'node_modules'), join(directory, 'node_modules'))
      else if (instruction === 'RUN') execFileSync('sh', ['-c', text], { cwd: directory, stdio: 'pipe' })
    }
  }
  return directory
}

function copy(
  text: string,
  context: string,
  directories: Map<string | undefined, string>,
  directory: string,
): void {
  const { from, sources, target } = copies(text)
  for (const source of sources) {
    const path = from ? join(directories.get(from) ?? '', source) : join(context, source)
    const isFolder = statSync(path).isDirectory()
    const there = join(directory, target)
    cpSync(path, isFolder || !target.endsWith('/') ? there : join(there, basename(source)), {
      recursive: true,
      filter: (file) => from !== undefined || !isIgnored(file.slice(context.length)),
    })
  }
}

/** As in `Dockerfile.dockerignore`. */
const isIgnored = (path: string): boolean => /(^|\/)(node_modules|relay\/build|relay\/test)$/.test(path)

export const isThere = (context: string, source: string): boolean => existsSync(join(context, source))
