// Vite compiles JSX itself; this is how React wants it.
export default { oxc: { jsx: { runtime: 'automatic' } } }
