/** What a package exports without showing how it is used. */
import { join } from 'node:path';
import ts from 'typescript';
import { entryPoints } from './packages.mjs';

/** The functions and classes that a package exports and none of its examples uses, as `@netspace/x: f`. */
export function withoutExample(folder, manifest, examples) {
  const words = new Set(examples.flatMap(({ code }) => code.match(/\w+/g) ?? []));
  const entries = entryPoints(manifest).map(({ specifier, types }) => ({ specifier, file: join(folder, types) }));
  const options = { module: ts.ModuleKind.NodeNext, noLib: true, types: [] };
  const program = ts.createProgram(
    entries.map(({ file }) => file),
    options,
  );
  const checker = program.getTypeChecker();
  return entries.flatMap(({ specifier, file }) =>
    checker
      .getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(file)))
      .filter((symbol) => isCalled(symbol, checker) && !words.has(symbol.name))
      .map(({ name }) => `${specifier}: ${name}`),
  );
}

/** Whether it is a function or a class, and exported as more than a type. */
function isCalled(symbol, checker) {
  const isTypeOnly = symbol.declarations.some(
    (node) => ts.isExportSpecifier(node) && ts.isTypeOnlyExportDeclaration(node),
  );
  const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  return !isTypeOnly && (target.flags & (ts.SymbolFlags.Function | ts.SymbolFlags.Class)) !== 0;
}
