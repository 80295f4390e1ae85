/**
 * Packages (grammar/README.md, "Packages"): which files make one, and which one an import means. Names of definitions and
 * types are told apart by keys: in the default package the name itself, elsewhere `payments.Charge`.
 */
import type { ParsedFile } from '../check/program.js';
import { addTo } from '../group.js';
import { type Extra, replacement, type Reporter } from '../diagnostics/diagnostic.js';
import { correction } from '../diagnostics/suggest.js';
import type { SourceFile } from '../source.js';
import type { ImportClause, Name } from '../syntax/ast.js';
import { reportRepeated } from './repeated.js';

export interface Package {
  /** Unique: empty for the default package, else its name, after its folder where others have that name. */
  readonly id: string;
  readonly name: string;
  /** Of the output, inside its folder; empty for the default package. */
  readonly folder: string;
  /** Whether no file of the program belongs to it. */
  readonly external: boolean;
}

const defaultPackage: Package = { id: '', name: '', folder: '', external: false };

interface Import {
  readonly clause: ImportClause;
  readonly means: Package;
  used: boolean;
}

/** The name of something in a package, as the tables of the program have it. */
export function keyIn({ id }: Package, name: string): string {
  return id === '' ? name : `${id}.${name}`;
}

/** The name in a key. */
export function bareName(key: string): string {
  return key.slice(key.lastIndexOf('.') + 1);
}

export class Packages {
  private readonly byId = new Map<string, Package>([['', defaultPackage]]);
  private readonly byName = new Map<string, Package[]>();
  private readonly folders = new Set<string>();
  private readonly externals = new Map<string, Package>();
  private readonly owners = new Map<SourceFile, Package>();
  private readonly imports = new Map<SourceFile, ReadonlyMap<string, Import>>();
  /** Where a line with an import can be put: after the clauses of a file. */
  private readonly ends = new Map<SourceFile, number>();

  constructor(
    files: readonly ParsedFile[],
    private readonly reporter: Reporter,
  ) {
    const folders = new Map<string, Set<string>>();
    for (const { source, ast } of files) {
      const name = ast.package?.name.text ?? '';
      folders.set(name, (folders.get(name) ?? new Set()).add(folderOf(source)));
    }
    for (const { source, ast } of files) {
      const name = ast.package?.name.text ?? '';
      const several = (folders.get(name)?.size ?? 0) > 1;
      this.owners.set(source, name === '' ? defaultPackage : this.package(name, several ? folderOf(source) : ''));
      const last = [...(ast.package ? [ast.package] : []), ...ast.imports].at(-1);
      this.ends.set(source, last?.span.end ?? 0);
    }
    for (const { source, ast } of files) this.imports.set(source, this.readImports(source, ast.imports));
  }

  /** The default one first; last those that are only imported. */
  get all(): readonly Package[] {
    return [...this.byId.values(), ...this.externals.values()];
  }

  of(file: SourceFile): Package {
    return this.owners.get(file) ?? defaultPackage;
  }

  /** The package that a key belongs to. */
  ofKey(key: string): Package {
    const id = key.slice(0, Math.max(0, key.lastIndexOf('.')));
    return this.byId.get(id) ?? this.external(id);
  }

  /** The package that a name in a file is looked up in, and what it is called there; undefined if it is not imported. */
  find(file: SourceFile, text: string): { readonly owner: Package; readonly name: string } | undefined {
    const dot = text.indexOf('.');
    if (dot < 0) return { owner: this.of(file), name: text };
    const found = this.imports.get(file)?.get(text.slice(0, dot));
    if (!found) return undefined;
    found.used = true;
    return { owner: found.means, name: text.slice(dot + 1) };
  }

  /** @returns the key of what a name means; undefined if its package is not imported, which is to be reported */
  key(file: SourceFile, text: string): string | undefined {
    const found = this.find(file, text);
    return found && keyIn(found.owner, found.name);
  }

  /** What a file calls a package. */
  calledIn(file: SourceFile, wanted: Package): string | undefined {
    return [...(this.imports.get(file) ?? [])].find(([, { means }]) => means === wanted)?.[0];
  }

  /** Reports the package of a name, which the file does not import. */
  reportUnknown(file: SourceFile, { text, span }: Pick<Name, 'text' | 'span'>): void {
    const name = text.slice(0, text.indexOf('.'));
    const at = { start: span.start, end: span.start + name.length };
    const known = [...(this.imports.get(file)?.keys() ?? [])];
    this.reporter.report(file, 'TWF340', at, { name }, correction(name, known, file, at) ?? this.toImport(file, name));
  }

  private toImport(file: SourceFile, name: string): Extra {
    const end = this.ends.get(file) ?? 0;
    const line = `import "${name}"`;
    const text = end === 0 ? `${line}\n\n` : `\n${line}`;
    const fixes = this.byName.has(name) ? [replacement(`Add \`${line}\``, file, { start: end, end }, text)] : [];
    return { hint: `Import it: \`import "path/to/${name}"\`.`, fixes };
  }

  /** Said when every name has been looked up. */
  reportUnused(): void {
    for (const [file, imports] of this.imports) {
      for (const { clause, used, means } of imports.values()) {
        if (used || means.external) continue; // what is external has a warning already
        const lineEnd = file.text.indexOf('\n', clause.span.end);
        const whole = { start: clause.span.start, end: lineEnd < 0 ? clause.span.end : lineEnd + 1 };
        const fixes = [replacement('Remove the import', file, whole, '')];
        this.reporter.report(file, 'TWF343', clause.span, { name: means.name }, { fixes });
      }
    }
  }

  private external(name: string): Package {
    const made = this.externals.get(name) ?? { id: name, name, folder: this.folderFor(name), external: true };
    this.externals.set(name, made);
    return made;
  }

  private package(name: string, folder: string): Package {
    const id = folder === '' ? name : `${folder}/${name}`;
    let made = this.byId.get(id);
    if (!made) {
      const own = folder === '' || segmentsOf(folder).at(-1) === name ? folder || name : id;
      made = { id, name, folder: this.folderFor(own), external: false };
      this.byId.set(id, made);
      addTo(this.byName, name, made);
    }
    return made;
  }

  /** A folder inside the output folder that no other package has, also where case makes no difference. */
  private folderFor(path: string): string {
    const text = path.replace(/[^\w-]+/g, '-').replace(/^-+/, '');
    let unique = text;
    for (let n = 2; this.folders.has(unique.toLowerCase()); n++) unique = `${text}-${n}`;
    this.folders.add(unique.toLowerCase());
    return unique;
  }

  private readImports(file: SourceFile, clauses: readonly ImportClause[]): ReadonlyMap<string, Import> {
    const imports = new Map<string, Import>();
    const names: Name[] = [];
    for (const clause of clauses) {
      const { alias, path } = clause;
      const name = alias ?? { ...path, text: nameIn(path.text) };
      if (!/^[A-Za-z_]\w*$/.test(name.text)) {
        const hint = 'Name it: `import payments "…"`.';
        this.reporter.report(file, 'TWF345', name.span, { name: name.text }, { hint });
        continue;
      }
      names.push(name);
      const means = this.meant(file, path);
      if (means && !imports.has(name.text)) imports.set(name.text, { clause, means, used: false });
    }
    reportRepeated(file, names, 'import', 'this file', this.reporter);
    return imports;
  }

  /** The package of an import: by its name, and of several by the folders that the path ends with. */
  private meant(file: SourceFile, { text, span }: Name): Package | undefined {
    const name = nameIn(text);
    const candidates = this.byName.get(name) ?? [];
    if (candidates.length === 0) {
      const help = correction(name, this.byName.keys(), file, span);
      this.reporter.report(file, 'TWF341', span, { name, path: text }, { hint: help?.hint });
      return this.external(name);
    }
    const wanted = segmentsOf(text);
    const fits = candidates.map((one) => commonEnd(wanted, placeOf(one)));
    const best = candidates.filter((_, i) => fits[i] === Math.max(...fits));
    if (best.length > 1) {
      const packages = best.map(({ id }) => `\`${id}\``).join(' and ');
      const hint = 'Let the path end with the folder that is meant.';
      this.reporter.report(file, 'TWF344', span, { path: text, packages }, { hint });
    }
    return best[0];
  }
}

function folderOf({ path }: SourceFile): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** The last part of a path, less its version: `payments` of `acme/payments/v2`. */
function nameIn(path: string): string {
  const segments = segmentsOf(path);
  return segments.at(-1) ?? '';
}

function segmentsOf(path: string): string[] {
  const segments = path.split('/').filter((one) => one !== '');
  return segments.length > 1 && /^v\d+$/.test(segments.at(-1)!) ? segments.slice(0, -1) : segments;
}

/** The folder of a package, which may be called as the package or not, and its name. */
function placeOf({ id, name }: Package): string[] {
  const folder = segmentsOf(id).slice(0, -1);
  return folder.at(-1) === name ? folder : [...folder, name];
}

function commonEnd(a: readonly string[], b: readonly string[]): number {
  let length = 0;
  while (length < Math.min(a.length, b.length) && a.at(-1 - length) === b.at(-1 - length)) length++;
  return length;
}
