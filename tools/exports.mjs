/** What packages export, as their built declarations say. */
import ts from 'typescript';

// Names and kinds need no types of what is not ours.
const options = { module: ts.ModuleKind.NodeNext, noLib: true, types: [] };

/**
 * What each of the files exports, as `{ specifier, exports: [{ name, isValue, isCalled }] }`: whether it is more than a
 * type, and whether that is a function or a class.
 */
export function exportsOf(entries) {
  const program = ts.createProgram(
    entries.map(({ file }) => file),
    options,
  );
  const checker = program.getTypeChecker();
  return entries.map(({ specifier, file }) => {
    const module = checker.getSymbolAtLocation(program.getSourceFile(file));
    return { specifier, exports: checker.getExportsOfModule(module).map((symbol) => describe(symbol, checker)) };
  });
}

function describe(symbol, checker) {
  const isTypeOnly = symbol.declarations.some(
    (node) => ts.isExportSpecifier(node) && ts.isTypeOnlyExportDeclaration(node),
  );
  const { flags } = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  const is = (kinds) => !isTypeOnly && (flags & kinds) !== 0;
  return {
    name: symbol.name,
    isValue: is(ts.SymbolFlags.Value),
    isCalled: is(ts.SymbolFlags.Function | ts.SymbolFlags.Class),
  };
}
