/** What stands under `nexus_endpoint E:` (grammar/README.md, "Endpoints"). */
import type { Reporter } from '../diagnostics/diagnostic.js';
import type { SourceFile } from '../source.js';
import type { EndpointDef, OptionEntry, Word } from '../syntax/ast.js';
import { canonicalKey, reportUnknownOption } from './options.js';

export interface EndpointOptions {
  readonly namespace: string | undefined;
  readonly taskQueue: string | undefined;
  readonly allowedCallers: readonly string[] | undefined;
  readonly services: readonly Word[] | undefined;
}

const endpointName = /^[a-zA-Z][a-zA-Z0-9-]*[a-zA-Z0-9]$/;
const longestName = 200;

/** Reads and checks the keys of an endpoint. */
export function readEndpoint(definition: EndpointDef, file: SourceFile, reporter: Reporter): EndpointOptions {
  const { name, options } = definition;
  if (!endpointName.test(name.text) || name.text.length > longestName) {
    reporter.report(file, 'TWF704', name.span, { name: name.text });
  }
  const entries = new Map<string, OptionEntry>();
  for (const entry of options.entries) {
    const key = canonicalKey('endpoint', entry.key.text);
    if (key) entries.set(key, entry);
    else reportUnknownOption('endpoint', entry, file, reporter);
  }
  const word = (key: string): string | undefined => {
    const entry = entries.get(key);
    if (!entry) {
      reporter.report(
        file,
        'TWF701',
        name.span,
        { name: name.text, key },
        { hint: `Add the line \`${key}: …\` under it.` },
      );
      return undefined;
    }
    return oneWord(entry, file, reporter);
  };
  return {
    namespace: word('target_namespace'),
    taskQueue: word('target_task_queue'),
    allowedCallers: words(entries.get('allowed_caller_namespaces'), file, reporter)?.map(({ text }) => text),
    services: words(entries.get('services'), file, reporter),
  };
}

function oneWord(entry: OptionEntry, file: SourceFile, reporter: Reporter): string | undefined {
  const read = wordOf(entry.value);
  if (!read) reporter.report(file, 'TWF502', entry.value.span, { key: entry.key.text, expected: 'one name' });
  return read?.text;
}

function words(entry: OptionEntry | undefined, file: SourceFile, reporter: Reporter): readonly Word[] | undefined {
  if (!entry) return undefined;
  if (entry.value.kind === 'WordList') return entry.value.words;
  const items = entry.value.kind === 'List' ? entry.value.items : [entry.value];
  const read = items.map(wordOf);
  if (read.every((word) => word !== undefined)) return read;
  reporter.report(file, 'TWF502', entry.value.span, { key: entry.key.text, expected: 'a list of names' });
  return undefined;
}

function wordOf(value: OptionEntry['value']): Word | undefined {
  if (value.kind === 'Word') return value;
  if (value.kind === 'NameExpr') return { kind: 'Word', span: value.span, text: value.text };
  if (value.kind !== 'String') return undefined;
  const [text, ...more] = value.parts;
  return typeof text === 'string' && more.length === 0 ? { kind: 'Word', span: value.span, text } : undefined;
}
