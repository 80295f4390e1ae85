/** The outside world as the compiler sees it. Nothing else under src/ reads or writes files, except cli/run/. */
import * as fs from 'node:fs';
import { posix, resolve, sep } from 'node:path';

export type EntryKind = 'file' | 'folder' | 'other';

export interface Entry {
  readonly name: string;
  /** Links are followed; one that leads nowhere is a file that cannot be read. */
  readonly kind: EntryKind;
}

/**
 * Paths are absolute or relative to `cwd`, with forward slashes. What cannot be done throws an error with one of
 * Node's codes (`ENOENT`, `EACCES`, …): `reasonOf` says it in words.
 */
export interface Host {
  /** The current folder. */
  readonly cwd: string;
  /** What stands at a path, links followed; undefined where there is nothing. */
  kind(path: string): EntryKind | undefined;
  /** In bytes. */
  size(path: string): number;
  read(path: string): Uint8Array;
  /** All that comes in on the standard input. */
  readInput(): Uint8Array;
  /** The entries of a folder, sorted by name. */
  list(folder: string): readonly Entry[];
  /** The one absolute path of what may be reached by several. */
  realPath(path: string): string;
  /**
   * Writes a file that is not there yet.
   *
   * @param like a file whose permissions it gets
   */
  write(path: string, text: string, like?: string): void;
  rename(from: string, to: string): void;
  /** A file, or a folder with all that is in it. */
  remove(path: string): void;
  /** With the folders around it. Returns the outermost folder that was not there before, if any. */
  makeFolder(path: string): string | undefined;
}

/** The file system. */
export function nodeHost(cwd = process.cwd()): Host {
  const at = (path: string) => resolve(cwd, path);
  return {
    cwd: slashes(cwd),
    kind(path) {
      const stat = fs.statSync(at(path), { throwIfNoEntry: false });
      return stat && kindOf(stat);
    },
    size: (path) => fs.statSync(at(path)).size,
    read: (path) => fs.readFileSync(at(path)),
    readInput: () => fs.readFileSync(process.stdin.fd),
    list(folder) {
      const entries = fs.readdirSync(at(folder), { withFileTypes: true });
      return entries
        .map((entry) => ({
          name: entry.name,
          kind: entry.isSymbolicLink() ? followed(resolve(at(folder), entry.name)) : kindOf(entry),
        }))
        .sort(byName);
    },
    realPath: (path) => slashes(fs.realpathSync.native(at(path))),
    write(path, text, like) {
      fs.writeFileSync(at(path), text, { flag: 'wx' });
      if (like !== undefined) fs.chmodSync(at(path), fs.statSync(at(like)).mode);
    },
    rename: (from, to) => fs.renameSync(at(from), at(to)),
    remove: (path) => fs.rmSync(at(path), { recursive: true }),
    makeFolder(path) {
      const made = fs.mkdirSync(at(path), { recursive: true });
      return made === undefined ? undefined : slashes(made);
    },
  };
}

/** Files that exist only in memory: for tests, and for callers that have no files. */
export function memoryHost(files: Readonly<Record<string, string | Uint8Array>>, cwd = '/', input = ''): Host {
  const at = (path: string) => posix.resolve(cwd, path);
  const contents = new Map<string, Uint8Array>();
  const folders = new Set<string>(['/', cwd]);
  const put = (path: string, content: string | Uint8Array) => {
    contents.set(path, typeof content === 'string' ? new TextEncoder().encode(content) : content);
    for (const folder of foldersAround(path)) folders.add(folder);
  };
  const inside = (folder: string) => (path: string) => path.startsWith(folder === '/' ? '/' : `${folder}/`);
  const file = (path: string) => {
    const content = contents.get(at(path));
    if (!content) throw fault(folders.has(at(path)) ? 'EISDIR' : 'ENOENT', path);
    return content;
  };
  for (const [path, content] of Object.entries(files)) put(at(path), content);

  return {
    cwd,
    kind: (path) => (contents.has(at(path)) ? 'file' : folders.has(at(path)) ? 'folder' : undefined),
    size: (path) => file(path).length,
    read: file,
    readInput: () => new TextEncoder().encode(input),
    list(folder) {
      const parent = at(folder);
      if (!folders.has(parent)) throw fault(contents.has(parent) ? 'ENOTDIR' : 'ENOENT', folder);
      const entries = (kind: EntryKind, paths: Iterable<string>) =>
        [...paths]
          .filter((path) => path !== '/' && posix.dirname(path) === parent)
          .map((path) => ({ name: posix.basename(path), kind }));
      return [...entries('file', contents.keys()), ...entries('folder', folders)].sort(byName);
    },
    realPath: at,
    write(path, text) {
      if (contents.has(at(path))) throw fault('EEXIST', path);
      put(at(path), text);
    },
    rename(from, to) {
      const content = file(from);
      contents.delete(at(from));
      put(at(to), content);
    },
    remove(path) {
      const isGone = (one: string) => one === at(path) || inside(at(path))(one);
      for (const one of [...contents.keys()].filter(isGone)) contents.delete(one);
      for (const one of [...folders].filter(isGone)) folders.delete(one);
    },
    makeFolder(path) {
      const missing = [...foldersAround(at(path)), at(path)].filter((one) => !folders.has(one));
      const file = missing.find((one) => contents.has(one));
      if (file !== undefined) throw fault('ENOTDIR', file);
      for (const one of missing) folders.add(one);
      return missing[0];
    },
  };
}

/** Why something could not be done, as the end of a sentence: "permission denied". */
export function reasonOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException | undefined)?.code ?? '';
  return reasons[code] ?? (code || (error instanceof Error ? error.message : String(error)));
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ENOENT: 'it does not exist',
  ENOTDIR: 'a part of the path is a file, not a folder',
  EISDIR: 'it is a folder',
  ELOOP: 'its symbolic links go round in a circle',
  ENAMETOOLONG: 'the name is too long',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EROFS: 'the file system is read-only',
  EMFILE: 'too many files are open',
  EEXIST: 'it exists already',
  EXDEV: 'it lies on another device',
};

/** Every folder around a path, the outermost first. */
export function foldersAround(path: string): readonly string[] {
  const parent = posix.dirname(path);
  return parent === path ? [] : [...foldersAround(parent), parent];
}

export function slashes(path: string): string {
  return sep === '/' ? path : path.replaceAll(sep, '/');
}

function kindOf(stat: fs.Stats | fs.Dirent): EntryKind {
  return stat.isFile() ? 'file' : stat.isDirectory() ? 'folder' : 'other';
}

function followed(path: string): EntryKind {
  try {
    return kindOf(fs.statSync(path));
  } catch {
    return 'file';
  }
}

function byName(a: Entry, b: Entry): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}

function fault(code: string, path: string): Error {
  return Object.assign(new Error(`${code}: ${path}`), { code });
}
