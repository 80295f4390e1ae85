import { posix } from 'node:path';
import type { Reporter } from './diagnostics/diagnostic.js';
import { type Host, reasonOf } from './host.js';
import { SourceFile } from './source.js';

export const sizeLimit = 64 * 1024 * 1024;

export interface Selection {
  /** Files and folders as the user named them; none: the current folder. */
  readonly paths: readonly string[];
  /** Whether a file that was found by searching a folder belongs to the program. */
  belongs(path: string): boolean;
}

/**
 * The .twf files of a program, each once, however many ways lead to it: files as named, folders searched with all
 * that is in them, in the order of their names. What cannot be read is reported.
 */
export function loadSources(host: Host, { paths, belongs }: Selection, reporter: Reporter): SourceFile[] {
  const sources: SourceFile[] = [];
  const seen = new Set<string>();

  const load = (path: string) => {
    attempt(path, () => {
      if (once(path)) {
        const source = readSource(host, path, reporter);
        if (source) sources.push(source);
      }
    });
  };

  /** Whether a folder holds a file of the program, read or not. */
  const search = (folder: string): boolean => {
    let found = false;
    attempt(folder, () => {
      if (!once(folder)) return;
      for (const { name, kind } of host.list(folder)) {
        const path = posix.join(folder, name);
        if (kind === 'folder') {
          if (name !== 'node_modules' && !name.startsWith('.')) found = search(path) || found;
        } else if (name.endsWith('.twf') && belongs(path)) {
          found = true;
          load(path);
        }
      }
    });
    return found;
  };

  const attempt = (path: string, action: () => void) => {
    try {
      action();
    } catch (error) {
      reporter.reportUnplaced('TWF002', { path, reason: reasonOf(error) });
    }
  };

  const once = (path: string) => {
    const real = host.realPath(path);
    return !seen.has(real) && seen.add(real);
  };

  for (const given of paths.length > 0 ? paths : ['.']) {
    const path = given === '' ? given : posix.normalize(given);
    attempt(path, () => {
      const kind = path === '' ? undefined : host.kind(path);
      if (kind === undefined) reporter.reportUnplaced('TWF001', { path });
      else if (kind === 'folder') {
        const before = reporter.all.length;
        if (!search(path) && reporter.all.length === before) reporter.reportUnplaced('TWF003', { path });
      } else if (!path.endsWith('.twf')) reporter.reportUnplaced('TWF007', { path });
      else load(path);
    });
  }
  return sources;
}

/** Reads one text file; reports what is none. */
export function readSource(host: Host, path: string, reporter: Reporter): SourceFile | undefined {
  const kind = host.kind(path);
  if (kind !== 'file' && kind !== undefined) {
    return reporter.reportUnplaced('TWF002', { path, reason: kind === 'folder' ? 'it is a folder' : 'it is a device' });
  }
  if (host.size(path) > sizeLimit) {
    return reporter.reportUnplaced('TWF006', { path, limit: sizeLimit / 1024 / 1024 });
  }
  return decodeSource(path, host.read(path), reporter);
}

/** The text of a file; reports what is not text. */
export function decodeSource(path: string, bytes: Uint8Array, reporter: Reporter): SourceFile | undefined {
  const encoding = otherEncoding(bytes);
  if (encoding !== undefined) return reporter.reportUnplaced('TWF008', { path, encoding });
  const zero = bytes.indexOf(0);
  if (zero >= 0) return reporter.reportUnplaced('TWF004', { path, ...placeOf(bytes, zero) });
  try {
    return new SourceFile(path, new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    const at = firstNotUtf8(bytes);
    const hex = `0x${bytes[at]!.toString(16).toUpperCase().padStart(2, '0')}`;
    return reporter.reportUnplaced('TWF005', { path, hex, ...placeOf(bytes, at) });
  }
}

/** By its byte order mark. */
function otherEncoding(bytes: Uint8Array): string | undefined {
  const [first, second] = bytes;
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff) ? 'UTF-16' : undefined;
}

/** Line, and byte within the line, both from 1. */
function placeOf(bytes: Uint8Array, at: number): { line: number; byte: number } {
  const before = bytes.subarray(0, at);
  const line = before.reduce((lines, byte) => (byte === 0x0a ? lines + 1 : lines), 1);
  return { line, byte: at - before.lastIndexOf(0x0a) };
}

/** Where the first character begins that is not UTF-8. */
function firstNotUtf8(bytes: Uint8Array): number {
  const decodes = (length: number, stream: boolean) => {
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, length), { stream });
      return true;
    } catch {
      return false;
    }
  };
  let [good, bad] = [0, bytes.length + 1];
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (decodes(middle, true)) good = middle;
    else bad = middle;
  }
  // Up to three bytes of a character may have been read in good faith.
  while (!decodes(good, false)) good--;
  return good;
}
