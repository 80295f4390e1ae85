import { posix } from 'node:path';
import type { Reporter } from '../diagnostics/diagnostic.js';
import { type Host, reasonOf } from '../host.js';
import type { SourceFile } from '../source.js';

const BYTE_ORDER_MARK = '\uFEFF';

/**
 * Gives files new texts: all of them or none, as far as the file system lets it, and each as a whole. They keep their
 * byte order marks and their permissions.
 *
 * @returns whether it did: what it could not do has been reported
 */
export function replaceSources(host: Host, texts: ReadonlyMap<SourceFile, string>, reporter: Reporter): boolean {
  const written: { readonly from: string; readonly to: string }[] = [];
  let at = '';
  try {
    for (const [{ path, text: before }, text] of texts) {
      at = path;
      const to = host.realPath(path);
      const found = textOf(host, to);
      if (unmarked(found) !== before) return changed(path, reporter);
      const from = posix.join(posix.dirname(to), `.${posix.basename(to)}.twfc-${process.pid}`);
      written.push({ from, to });
      host.write(from, (found.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : '') + text, to);
    }
    for (const { path, text } of texts.keys()) {
      if (unmarked(textOf(host, path)) !== text) return changed(path, reporter);
    }
    for (const { from, to } of written) host.rename(from, (at = to));
    return true;
  } catch (error) {
    reporter.reportUnplaced('TWF041', { path: at, reason: reasonOf(error) });
    return false;
  } finally {
    for (const { from } of written) if (host.kind(from) !== undefined) host.remove(from);
  }
}

function changed(path: string, reporter: Reporter): false {
  reporter.reportUnplaced('TWF028', { path }, { hint: 'Run the command again.' });
  return false;
}

/** With its byte order mark, if it has one. */
function textOf(host: Host, path: string): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(host.read(path));
}

function unmarked(text: string): string {
  return text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
}
