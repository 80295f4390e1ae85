/** What stands under `nexus_endpoint E:` (grammar/README.md, "Endpoints"). */
import type { Reporter } from '../diagnostics/diagnostic.js';
import type { SourceFile } from '../source.js';
import type { EndpointDef, Name, OptionEntry, Word } from '../syntax/ast.js';
import { paramsOf } from '../syntax/family.js';
import { constantWord } from '../options/constant.js';
import { canonicalKey, optionTable, reportRepeatedOption, reportUnknownOption } from '../options/options.js';

export interface EndpointOptions {
  /** By Temporal. */
  readonly called: string;
  readonly namespace: string | undefined;
  readonly taskQueue: string | undefined;
  readonly allowedCallers: readonly string[] | undefined;
  readonly services: readonly Word[] | undefined;
  /** Everything that may have the holes of a family. */
  readonly texts: readonly Word[];
}

const endpointName = /^[a-zA-Z][a-zA-Z0-9-]*[a-zA-Z0-9]$/;
const longestName = 200;

/**
 * Reads and checks the keys of an endpoint.
 *
 * @param inside the namespace that it stands in: that is where it leads
 */
export function readEndpoint(
  definition: EndpointDef,
  inside: string | undefined,
  file: SourceFile,
  reporter: Reporter,
): EndpointOptions {
  const { name } = definition;
  const { entries, meant } = keysOf(definition, file, reporter);
  const given = entries.get('name');
  const isFamily = paramsOf(name.text).length > 0;
  const called = given && !isFamily ? oneWord(given, file, reporter) : undefined;
  if (given && isFamily) {
    const why = 'each member is called by its own name';
    const values = { key: 'name', place: 'a family of endpoints', why };
    reporter.report(file, 'TWF505', given.key.span, values, { hint: 'Leave it out.' });
  }
  if (called) checkEndpointName({ ...called, kind: 'Name' }, file, reporter);
  else if (!isFamily && !given) checkEndpointName(name, file, reporter, true);
  const required = (key: string, spoken: string): Word | undefined => {
    const entry = entries.get(key);
    if (entry) return oneWord(entry, file, reporter);
    const hint = `Add the line \`${spoken}: …\` under it.`;
    if (!meant.has(key)) reporter.report(file, 'TWF701', name.span, { name: name.text, key: spoken }, { hint });
    return undefined;
  };
  const target = entries.get('target_namespace');
  if (inside !== undefined && target) {
    const why = 'it leads to the namespace that it stands in';
    const values = { key: target.key.text, place: 'an endpoint in a `namespace`', why };
    reporter.report(file, 'TWF505', target.key.span, values, { hint: 'Leave it out.' });
  }
  const namespace = inside === undefined ? required('target_namespace', 'target_namespace') : undefined;
  const taskQueue = required('target_task_queue', inside === undefined ? 'target_task_queue' : 'task_queue');
  const callers = words(entries.get('allowed_caller_namespaces'), file, reporter);
  return {
    called: called?.text ?? name.text,
    namespace: inside ?? namespace?.text,
    taskQueue: taskQueue?.text,
    allowedCallers: callers?.map(({ text }) => text),
    services: words(entries.get('services'), file, reporter),
    texts: [namespace ?? [], taskQueue ?? [], callers ?? []].flat(),
  };
}

/** The keys that are given; and those that something that is wrong stands for. */
function keysOf({ options }: EndpointDef, file: SourceFile, reporter: Reporter) {
  const entries = new Map<string, OptionEntry>();
  const meant = new Set<string>();
  for (const entry of options.entries) {
    const { text, span } = entry.key;
    const key = canonicalKey('endpoint', text);
    if (!key) {
      const near = text === '' ? undefined : reportUnknownOption('endpoint', entry, file, reporter);
      if (near) meant.add(near);
    } else if (optionTable.endpoint[key]!.unsupported) {
      reporter.report(file, 'TWF200', span, { what: `\`${text}\` options` });
      if (key === 'target_url') meant.add('target_namespace').add('target_task_queue');
    } else if (entries.has(key)) {
      reportRepeatedOption(entry, entries.get(key)!, file, reporter);
    } else {
      entries.set(key, entry);
    }
  }
  return { entries, meant };
}

export function isEndpointName(text: string): boolean {
  return endpointName.test(text) && text.length <= longestName;
}

/**
 * Reports a name that Temporal does not take for an endpoint.
 *
 * @param isDefined whether the program defines it there
 */
export function checkEndpointName({ text, span }: Name, file: SourceFile, reporter: Reporter, isDefined = false): void {
  if (isEndpointName(text)) return;
  const parts = text.split('_').filter((part) => part !== '');
  const joined = parts.map((part) => part.slice(0, 1).toUpperCase() + part.slice(1)).join('');
  const dashed = parts.join('-');
  const option =
    isDefined && endpointName.test(dashed) ? `, or let Temporal know it by another: \`name: ${dashed}\`` : '';
  const hint = endpointName.test(joined) ? `Call it \`${joined}\`, for instance${option}.` : undefined;
  reporter.report(file, 'TWF704', span, { name: text || '""' }, { hint });
}

function oneWord(entry: OptionEntry, file: SourceFile, reporter: Reporter): Word | undefined {
  const read = constantWord(entry.value);
  if (!read) reporter.report(file, 'TWF502', entry.value.span, { key: entry.key.text, expected: 'one name' });
  return read;
}

function words(entry: OptionEntry | undefined, file: SourceFile, reporter: Reporter): readonly Word[] | undefined {
  if (!entry) return undefined;
  if (entry.value.kind === 'WordList') return entry.value.words;
  const items = entry.value.kind === 'List' ? entry.value.items : [entry.value];
  const read = items.map(constantWord);
  if (read.every((word) => word !== undefined)) return read;
  reporter.report(file, 'TWF502', entry.value.span, { key: entry.key.text, expected: 'a list of names' });
  return undefined;
}
