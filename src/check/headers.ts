/** The headers of a Nexus call: their names, which are constant, and what must be known of their values. */
import type { SourceFile } from '../source.js';
import type { Name, OptionBlock, OptionEntry } from '../syntax/ast.js';
import { reportRepeatedOption } from '../options/options.js';
import type { ResolvedOption, ResolvedOptionValue } from './facts.js';
import type { Model } from './model.js';

/** What HTTP allows. */
const headerName = /^[!#$%&'*+.^_`|~0-9a-z-]+$/;

/** The server refuses some of these for ever; it overwrites others, or they mean something to who reads the request. */
const reserved =
  /^(?:__proto__|nexus-.*|temporal-.*|content-.*|caller-.*|client-.*|xdc-redirection.*|call-initiation|supported-.*|request-timeout|operation-timeout|host|connection|transfer-encoding|user-agent)$/;

/** What is secret by its name. */
const secret = /authorization|cookie|credential|passw|secret|token|api-?key/;

/**
 * Headers by their names, in lower case, as they are sent.
 *
 * @param read gives the text of an entry, or reports that it has none
 */
export function headers(
  model: Model,
  { entries }: OptionBlock,
  file: SourceFile,
  read: (entry: OptionEntry) => ResolvedOptionValue | undefined,
): ResolvedOptionValue {
  const seen = new Map<string, OptionEntry>();
  const options = entries.flatMap((entry): ResolvedOption[] => {
    const name = entry.key.text.toLowerCase();
    const first = seen.get(name);
    if (first) reportRepeatedOption(entry, first, file, model.reporter);
    if (first) return [];
    seen.set(name, entry);
    if (!isAllowed(model, entry.key, name, file)) return [];
    const value = read(entry);
    if (value?.kind !== 'string' || !/[^\P{Cc}\t]|\p{Cs}/u.test(value.value)) return value ? [{ name, value }] : [];
    const expected = 'a text of one line, without control characters, as the value of a header';
    model.report(file, 'TWF502', entry.value.span, { key: entry.key.text, expected });
    return [];
  });
  return { kind: 'nested', options };
}

function isAllowed(model: Model, { text, span }: Name, name: string, file: SourceFile): boolean {
  if (secret.test(name)) model.report(file, 'TWF823', span, { header: text });
  if (!headerName.test(name)) {
    const why = 'it takes letters, digits, and some signs such as `-`';
    model.report(file, 'TWF822', span, { header: text, why });
    return false;
  }
  if (!reserved.test(name)) return true;
  model.report(file, 'TWF822', span, { header: text, why: 'Temporal, or HTTP itself, gives this one its value' });
  return false;
}
