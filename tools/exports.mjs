/** What packages export, as their built declarations say. */
import ts from 'typescript';

// Names and kinds need no types of what is not ours.
const options = { module: ts.ModuleKind.NodeNext, noLib: true, types: [] };

/** What each of the files exports, as `{ specifier, exports: [{ name, kind }] }`: a class, function, other value or type. */
export function exportsOf(entries) {
  const program = ts.createProgram(
    entries.map(({ file }) => file),
    options,
  );
  const checker = program.getTypeChecker();
  return entries.map(({ specifier, file }) => {
    const module = checker.getSymbolAtLocation(program.getSourceFile(file));
    const symbols = checker.getExportsOfModule(module);
    return { specifier, exports: symbols.map((symbol) => ({ name: symbol.name, kind: kindOf(symbol, checker) })) };
  });
}

function kindOf(symbol, checker) {
  const isTypeOnly = symbol.declarations.some(
    (node) => ts.isExportSpecifier(node) && ts.isTypeOnlyExportDeclaration(node),
  );
  if (isTypeOnly) return 'type';
  const { flags } = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  if (flags & ts.SymbolFlags.Class) return 'class';
  if (flags & ts.SymbolFlags.Function) return 'function';
  return flags & ts.SymbolFlags.Value ? 'value' : 'type';
}
