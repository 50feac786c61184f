// A Rollup plugin for what a page runs as it starts. V8 compiles a function as it is first called, on the main thread; one in
// parentheses it compiles as it loads the file, on another: https://v8.dev/blog/preparser#pife. The minifiers of esbuild and Oxc,
// and so Vite, keep the parentheses. Terser and SWC remove them, and nothing else changes.
import { walk } from 'estree-walker'
import MagicString from 'magic-string'

/** Neither a method nor a getter, which cannot stand in parentheses. */
const isExpression = (node, parent) =>
  node.type === 'ArrowFunctionExpression' ||
  (node.type === 'FunctionExpression' &&
    parent.type !== 'MethodDefinition' &&
    !(parent.type === 'Property' && (parent.method || parent.kind !== 'init')))

/** A function of the module. One within another stays as it is, because it may be called above its place. */
const isDeclaration = (node, parent) =>
  node.type === 'FunctionDeclaration' &&
  (parent.type === 'Program' || parent.type === 'ExportNamedDeclaration')

/**
 * Puts the functions of modules into parentheses. `function f() {}` becomes `const f = (function f() {});`, so code that runs
 * as the module is loaded may use `f` only below its declaration. Otherwise the built file throws a ReferenceError.
 *
 * @param isEager whether the module with this path is one of them
 */
export const eagerFunctions = (isEager) => ({
  name: 'eager-functions',
  transform(code, id) {
    if (!isEager(id)) return null
    const text = new MagicString(code)
    walk(this.parse(code), {
      enter(node, parent) {
        if (isDeclaration(node, parent)) {
          text.appendRight(node.start, `const ${node.id.name} = (`).appendLeft(node.end, ');')
        } else if (isExpression(node, parent)) text.appendRight(node.start, '(').appendLeft(node.end, ')')
      },
    })
    return { code: text.toString(), map: text.generateMap({ hires: true }) }
  },
})
