// Installs what a test needs and the machine lacks.
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'

/** Packages of Debian, where that is what runs here, and as root. `false` where they could not be had. */
export function installFromDebian(...packages) {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return false
  return (
    succeeds('apt-get', ['update', '-qq']) &&
    succeeds('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages])
  )
}

export function succeeds(command, args) {
  try {
    execFileSync(command, args, { stdio: ['ignore', 'ignore', 'ignore'], timeout: 300_000 })
    return true
  } catch {
    return false
  }
}
