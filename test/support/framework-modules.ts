/**
 * The names of frameworks that the code in docs/frameworks.md uses, as TypeScript must know them to check the rest: none
 * of the frameworks is a dependency. The page says how its code was run.
 */
export const frameworkModules = `
declare module '*/analytics' {
  export function startAnalytics(apiKey?: string): import('@segment/analytics-next').Analytics
}
interface ImportMeta {
  readonly env: Record<string, string | undefined>
}

declare const defineNuxtConfig: (config: object) => object
declare const defineNuxtPlugin: (setup: () => object) => unknown
declare const useRuntimeConfig: () => { public: { userEngageKey: string } }

declare module '$app/env/public' {
  export const USERENGAGE_KEY: string
}
declare module '$app/env/private' {
  export const USERCOM_TOKEN: string
}
declare module '@sveltejs/kit/env' {
  export function defineEnvVars<Variables>(variables: Variables): Variables
}

declare module 'astro/config' {
  export function defineConfig(config: object): object
  export const envField: { string(options: object): unknown }
}

declare module 'webpack' {
  const webpack: { EnvironmentPlugin: new (defaults: Record<string, string>) => unknown }
  export default webpack
}

declare module '@angular/platform-browser' {
  export function bootstrapApplication(component: unknown, config: unknown): Promise<unknown>
}
declare module '*/app/app' {
  export const App: unknown
}
declare module '*/app/app.config' {
  export const appConfig: unknown
}
declare module '*/environments/environment' {
  export const environment: { userEngageKey: string }
}

declare const module: { exports: unknown }
declare const require: (name: 'userengage-analytics-next') => typeof import('userengage-analytics-next')
`
