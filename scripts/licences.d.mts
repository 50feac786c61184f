import type { Plugin } from 'rollup'

export function mayShip(dependency: { license: string | null; licenseText: string | null }): boolean
export function licences(file: string): Plugin
